/*
 * greet: greetings and a guest book.
 *
 * Every function takes NULL where it takes a pointer. Names are C strings, in
 * UTF-8; bytes that are not UTF-8 are replaced. A returned `char *` is UTF-8,
 * belongs to the caller, and is handed back to greet_free().
 */
#ifndef GREET_H
#define GREET_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library's version, such as "0.1.0". Not to be freed. */
const char *greet_version(void);

/* "Hello, <name>!"; NULL greets the world. */
char *greet_hello(const char *name);

/* Frees a string that this library returned; NULL is ignored. */
void greet_free(char *text);

/* A guest book. One thread at a time may sign it. */
typedef struct GreetBook GreetBook;

/* Opens an empty guest book, to be closed by greet_book_free(). */
GreetBook *greet_book_new(void);

/* Adds a guest and returns their number, counted from 1; 0 if an argument is NULL. */
uint64_t greet_book_sign(GreetBook *book, const char *name);

/* How many guests signed; 0 for NULL. */
uint64_t greet_book_count(const GreetBook *book);

/*
 * The guest book as text: a line per guest with number, "+1" and name, and tabs
 * between them. Empty for NULL. To be freed by greet_free().
 */
char *greet_book_text(const GreetBook *book);

/* Closes a guest book; NULL is ignored. */
void greet_book_free(GreetBook *book);

#ifdef __cplusplus
}
#endif

#endif
