/*
 * Greets the people named on the command line, and shows the guest book that
 * they signed. Without names it greets the world.
 *
 *     cc -I include examples/hello.c libgreet.a -lpthread -ldl -lm -o hello
 */
#include <inttypes.h>
#include <stdio.h>

#include "greet.h"

/* Prints a string of the library's and frees it. */
static void print_and_free(char *text, const char *end) {
    printf("%s%s", text, end);
    greet_free(text);
}

int main(int argc, char **argv) {
    printf("greet %s\n", greet_version());
    if (argc < 2) {
        print_and_free(greet_hello(NULL), "\n");
        return 0;
    }
    GreetBook *book = greet_book_new();
    for (int i = 1; i < argc; i++) {
        print_and_free(greet_hello(argv[i]), "\n");
        greet_book_sign(book, argv[i]);
    }
    printf("guests: %" PRIu64 "\n", greet_book_count(book));
    print_and_free(greet_book_text(book), "");
    greet_book_free(book);
    return 0;
}
