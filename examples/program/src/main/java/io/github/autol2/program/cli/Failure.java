package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsException;
import io.github.autol2.program.data.InvalidDataException;
import io.github.autol2.program.model.InvalidModelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/** Tells the user what went wrong, in one line for each problem, and which exit code that is. */
public final class Failure {

    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    private Failure() {}

    /**
     * Tells an exception.
     *
     * @param verbose whether its stack trace is shown, too
     * @return the exit code
     */
    public static int tell(Exception e, PrintWriter errors, boolean verbose) {
        return tell(e, Optional.empty(), errors, verbose);
    }

    /**
     * The same for a run that can go on.
     *
     * @param kept what there is of it, told unless the exception tells it
     */
    static int tell(Exception e, Optional<String> kept, PrintWriter errors, boolean verbose) {
        if (verbose) {
            e.printStackTrace(errors);
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError error) {
                return tell(error, errors, verbose);
            }
        }
        if (isBadInput(e)) {
            return refuse(e instanceof SettingsException ? e.getMessage() : oneLine(e.getMessage()), errors);
        }
        String reason = reason(e);
        String goOn = kept.filter(told -> !reason.contains("--resume"))
                .map(told -> ". " + told)
                .orElse("");
        errors.println(
                oneLine("autol2: the run failed: " + reason + goOn) + (verbose ? "" : " (--verbose shows where)"));
        errors.flush();
        return FAILED;
    }

    /** Messages about files say all that there is to say; those of other exceptions need the name of their kind. */
    private static String reason(Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        boolean whole = cause instanceof IOException && !(cause instanceof FileSystemException);
        return whole && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    /** Tells that there was too little memory. The exit code is that of a failed run. */
    static int tell(VirtualMachineError e, PrintWriter errors, boolean verbose) {
        if (verbose) {
            e.printStackTrace(errors);
        }
        errors.println(oneLine("autol2: the run failed: there is too little memory for it (" + e
                + "); give Java more with -Xmx, " + "or take less data or a smaller network"));
        errors.flush();
        return FAILED;
    }

    /** Bad usage, configuration or data. */
    static int refuse(String message, PrintWriter errors) {
        errors.println("autol2: " + message);
        errors.flush();
        return BAD_INPUT;
    }

    private static boolean isBadInput(Exception e) {
        return e instanceof SettingsException
                || e instanceof InvalidDataException
                || e instanceof InvalidModelException
                || e instanceof InvalidUsageException;
    }

    /** Whatever stood in the file or on the command line. Settings have a line for each problem and see to that themselves. */
    static String oneLine(String message) {
        return message.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    }
}
