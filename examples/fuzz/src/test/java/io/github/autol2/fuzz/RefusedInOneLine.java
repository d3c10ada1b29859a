package io.github.autol2.fuzz;

/** The program has refused its input as it should. */
final class RefusedInOneLine extends Exception {

    private static final long serialVersionUID = 1;

    RefusedInOneLine(String told) {
        super(told);
    }
}
