#include "cpp/include/words.h"
#include "cpp/src/main.rs.h"

#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

rust::Vec<rust::String> sorted_words(rust::Str text) {
    if (text.empty()) throw std::invalid_argument("no words");
    std::istringstream stream{std::string(text)};
    std::set<std::string> words;
    for (std::string word; stream >> word;) words.insert(word);
    rust::Vec<rust::String> sorted;
    for (const auto &word : words) sorted.push_back(word);
    return sorted;
}
