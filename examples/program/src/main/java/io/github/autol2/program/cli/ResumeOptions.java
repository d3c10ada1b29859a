package io.github.autol2.program.cli;

import io.github.autol2.files.FolderLock;
import io.github.autol2.program.results.UnfinishedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options of commands that can be interrupted. While such a command runs, its folder is locked, and who interrupts it is told what is
 * kept; {@link #close} ends both.
 */
public final class ResumeOptions implements AutoCloseable {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--resume", description = "This goes on with the finished parts of an interrupted run.")
    private boolean resume;

    @Option(
            names = "--restart",
            description =
                    "This throws the finished parts of an interrupted run away; new results take the place of earlier ones.")
    private boolean restart;

    private final Map<Path, FolderLock> locks = new LinkedHashMap<>();
    private Begun begun;
    private Thread lastWords;

    private record Begun(Path out, UnfinishedRun run) {}

    /**
     * Refuses a folder that cannot be written to and a run that cannot go on, before anything is written.
     *
     * @param settings all that the parts depend on
     */
    public void check(Path out, Map<String, String> settings) throws IOException {
        OutputFolder.check(out);
        if (resume && restart) {
            throw new InvalidUsageException("--resume and --restart exclude each other");
        }
        if (Files.isDirectory(out)) {
            lock(out); // before anything else is said about a folder in which another run is at work
        }
        refuseForeign(out);
        if (!UnfinishedRun.isIn(out) || restart) {
            return;
        }
        if (!resume) {
            throw new InvalidUsageException(
                    out + " holds the finished parts of an interrupted run: go on with --resume, throw them "
                            + "away with --restart, or choose another --out");
        }
        refuseDifference(
                "--resume needs the settings of the interrupted run in " + out, UnfinishedRun.goOn(out), settings);
    }

    private static void refuseForeign(Path out) throws IOException {
        List<String> foreign = UnfinishedRun.foreign(out);
        if (!foreign.isEmpty()) {
            throw new InvalidUsageException(
                    out.resolve(UnfinishedRun.FOLDER) + " holds files that autol2 has not written, such as "
                            + foreign.get(0) + ": move them away, or choose another --out");
        }
    }

    private static void refuseDifference(String rule, UnfinishedRun run, Map<String, String> settings)
            throws IOException {
        Optional<String> difference = run.difference(settings);
        if (difference.isPresent()) {
            throw new InvalidUsageException(rule + ", but " + difference.get());
        }
    }

    /**
     * Checks, then begins, or goes on and says so.
     *
     * @param settings all that the parts depend on
     * @param results  files that the run will write: if one of them is there, nothing is begun without {@code --restart}
     */
    public UnfinishedRun open(Path out, Map<String, String> settings, String... results) throws IOException {
        check(out, settings);
        refuseResults(out, results);
        if (resume && !UnfinishedRun.isIn(out)) {
            tell("There is no interrupted run in " + out + ": beginning from the start.");
        }
        return openWithin(out, settings);
    }

    /** The same for a run whose parts were set aside: with {@code --resume} it goes on with them. */
    UnfinishedRun openOrExtend(Path out, Map<String, String> settings, String... results) throws IOException {
        check(out, settings);
        refuseExtensible(out, results);
        Optional<UnfinishedRun> before = before(out);
        if (before.isPresent() && !UnfinishedRun.isIn(out)) {
            refuseDifference("--resume needs the settings of the finished run in " + out, before.get(), settings);
            before.get().takeUp();
        }
        return open(out, settings, results);
    }

    /** A finished run whose parts were set aside is refused, too, unless it is to go on. */
    private void refuseExtensible(Path out, String... results) throws IOException {
        boolean begins = !resume && !restart && !UnfinishedRun.isIn(out);
        if (begins && UnfinishedRun.setAsideIn(out).isPresent()) {
            refuse(out, "go on with --resume, ", results);
            throw new InvalidUsageException(
                    out + " holds the finished parts of an earlier run (" + UnfinishedRun.SET_ASIDE
                            + "): go on with --resume, throw them away with --restart, or choose another --out");
        }
    }

    /**
     * Works on a run together with other processes: goes on with whatever is there of it, or begins it. Its folder is shared with them.
     *
     * @param settings all that the parts depend on, the same in all processes
     * @param model    a file among the parts
     * @param results  files that the run will write: if one of them is there without the run's parts, nothing is begun
     */
    UnfinishedRun join(Path out, Map<String, String> settings, String model, String... results) throws IOException {
        if (restart) {
            throw new InvalidUsageException("--join and --restart exclude each other");
        }
        OutputFolder.check(out);
        OutputFolder.make(out);
        FolderLock lock = share(out);
        locks.put(out.toRealPath(), lock);
        try {
            FolderLock.Part turn = lock.part("begin");
            try (turn) {
                UnfinishedRun run = joined(out, settings, results);
                run.claim(model); // before any other process is at work
                tellWhenInterrupted(out, run);
                return run;
            }
        } catch (InterruptedException e) {
            throw new IOException(e.getMessage(), e); // the thread stays interrupted
        }
    }

    private static FolderLock share(Path out) throws IOException {
        try {
            return FolderLock.share(out);
        } catch (FolderLock.InUseException e) {
            throw new InvalidUsageException(
                    e.getMessage()
                            + ", which was not begun with --join: wait until that has ended, or choose another --out",
                    e);
        }
    }

    private UnfinishedRun joined(Path out, Map<String, String> settings, String... results) throws IOException {
        refuseForeign(out);
        boolean interrupted = UnfinishedRun.isIn(out);
        Optional<UnfinishedRun> before =
                interrupted ? Optional.of(UnfinishedRun.goOn(out)) : UnfinishedRun.setAsideIn(out);
        if (before.isEmpty()) {
            refuseResults(out, results);
            return UnfinishedRun.begin(out, settings);
        }
        refuseDifference("--join needs the settings of the run in " + out, before.get(), settings);
        if (!interrupted) {
            before.get().takeUp();
        }
        return UnfinishedRun.goOn(out);
    }

    /** Whether no other process works on the run that was joined; from then on nobody can join it until this one has ended. */
    boolean isLast(Path out) throws IOException {
        return locks.get(out.toRealPath()).isLast();
    }

    /** What {@code --resume} goes on with, if it is given and there is anything. */
    Optional<UnfinishedRun> before(Path out) throws IOException {
        if (!resume) {
            return Optional.empty();
        }
        return UnfinishedRun.isIn(out) ? Optional.of(UnfinishedRun.goOn(out)) : UnfinishedRun.setAsideIn(out);
    }

    /** The same for a run within another one, which may well not have begun yet. */
    public UnfinishedRun openWithin(Path out, Map<String, String> settings) throws IOException {
        check(out, settings);
        if (resume && UnfinishedRun.isIn(out)) {
            UnfinishedRun run = UnfinishedRun.goOn(out);
            tell("Going on with the interrupted run in " + out + " (finished parts: " + run.parts() + ").");
            tellWhenInterrupted(out, run);
            return run;
        }
        OutputFolder.make(out);
        lock(out);
        UnfinishedRun run = UnfinishedRun.begin(out, settings);
        tellWhenInterrupted(out, run);
        return run;
    }

    /**
     * Refuses a folder with the results of an earlier run, unless they are to be thrown away or an interrupted run goes on.
     *
     * @param results files that a run will write
     */
    public void refuseResults(Path out, String... results) throws IOException {
        refuse(out, "", results);
    }

    private void refuse(Path out, String goOn, String... results) throws IOException {
        if (restart || UnfinishedRun.isIn(out)) {
            return;
        }
        Optional<String> earlier = Stream.of(results)
                .filter(name -> Files.isRegularFile(out.resolve(name)))
                .findFirst();
        if (earlier.isPresent()) {
            String parts = resume ? " and no parts to go on with" : "";
            throw new InvalidUsageException(out + " holds the results of an earlier run (" + earlier.get() + ")" + parts
                    + ": " + goOn + "throw them away with --restart, or choose another --out");
        }
    }

    private void lock(Path out) throws IOException {
        Path folder = out.toRealPath();
        if (locks.containsKey(folder)) {
            return;
        }
        try {
            FolderLock lock = FolderLock.acquire(out);
            locks.put(folder, lock);
            lock.stale()
                    .ifPresent(owner -> tell("A run in " + out + " (" + owner
                            + ") has ended without giving its lock back: the lock is stale and taken over."));
        } catch (FolderLock.InUseException e) {
            throw new InvalidUsageException(e.getMessage() + ": wait until that has ended, or choose another --out", e);
        } catch (IOException e) {
            tell(out + " cannot be locked (" + e.getMessage() + "): begin no second run in it.");
        }
    }

    /** Of runs within runs the outermost one speaks. */
    private void tellWhenInterrupted(Path out, UnfinishedRun run) {
        if (begun == null) {
            begun = new Begun(out, run);
            lastWords = new Thread(
                    () -> tell("Interrupted. " + kept().orElse("Nothing is kept in " + out) + "."),
                    "autol2-interrupted");
            Runtime.getRuntime().addShutdownHook(lastWords);
        }
    }

    /** What is kept of the run that has begun, and how to go on, as a sentence; empty if nothing is there. */
    Optional<String> kept() {
        try {
            if (begun == null || !UnfinishedRun.isIn(begun.out())) {
                return Optional.empty();
            }
            int count = begun.run().parts();
            String parts = count == 0 ? "No part was finished yet" : "The finished parts (" + count + ") are kept";
            return Optional.of(parts + " in " + begun.out() + ": go on with --resume, or begin anew with --restart");
        } catch (IOException e) {
            return Optional.of("What is kept in " + begun.out() + " cannot be read (" + e.getMessage() + ")");
        }
    }

    /** Gives the folders free; from now on nothing can be interrupted. */
    @Override
    public void close() {
        if (lastWords != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(lastWords);
            } catch (IllegalStateException e) {
                return; // the JVM ends: the system takes the locks back
            }
            lastWords = null;
            begun = null;
        }
        for (Map.Entry<Path, FolderLock> lock : locks.entrySet()) {
            try {
                lock.getValue().close();
            } catch (IOException e) {
                tell(lock.getKey() + " cannot be given free: " + e.getMessage());
            }
        }
        locks.clear();
    }

    private void tell(String message) {
        PrintWriter messages = spec.commandLine().getErr();
        messages.println(message);
        messages.flush();
    }
}
