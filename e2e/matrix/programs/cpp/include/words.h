#pragma once
#include "rust/cxx.h"

/* The words of a text in alphabetical order, each once. Throws on an empty text. */
rust::Vec<rust::String> sorted_words(rust::Str text);
