package io.github.autol2.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    private Path folder;

    /** Locks a folder, or shares it and has its part "a", says so by a file in it, and waits to be killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            Path held = Path.of(arguments[0]);
            boolean shares = arguments.length > 1;
            try (FolderLock lock = shares ? FolderLock.share(held) : FolderLock.acquire(held)) {
                if (shares) {
                    assertThat(lock.tryPart("a")).isPresent();
                }
                Files.createFile(held.resolve("locked"));
                Thread.sleep(600_000);
                assertThat(lock).isNotNull();
            }
        }
    }

    @Test
    void leavesNothingWhenItIsGivenBack() throws IOException {
        try (FolderLock lock = FolderLock.acquire(folder)) {
            assertThat(lock.stale()).isEmpty();
            assertThat(folder.resolve(FolderLock.FILE)).exists();
        }

        assertThat(folder).isEmptyDirectory();
        FolderLock.acquire(folder).close(); // it can be had again
    }

    @Test
    void refusesASecondRunInTheSameProgram() throws IOException {
        try (FolderLock lock = FolderLock.acquire(folder)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> FolderLock.acquire(folder.resolve(".")))
                    .isInstanceOf(FolderLock.InUseException.class)
                    .hasMessageContaining("is in use by another run of AutoL2 (in this same program)");
        }
    }

    @Test
    void refusesAFolderOfAnotherProcessAndTakesALockOverThatAKilledOneHasLeft() throws Exception {
        // given
        Process holder = holder(folder.toString());

        // when it lives
        assertThatThrownBy(() -> FolderLock.acquire(folder))
                .isInstanceOf(FolderLock.InUseException.class)
                .hasMessageStartingWith(
                        folder + " is in use by another run of AutoL2 (process " + holder.pid() + ", since 20");
        assertThatThrownBy(() -> FolderLock.share(folder))
                .isInstanceOf(FolderLock.InUseException.class)
                .hasMessageContaining("(process " + holder.pid());

        // when it is killed
        holder.destroyForcibly().waitFor();
        try (FolderLock lock = FolderLock.acquire(folder)) {
            assertThat(lock.stale())
                    .hasValueSatisfying(
                            owner -> assertThat(owner).startsWith("process " + holder.pid() + ", since 20"));
        }
        assertThat(folder.resolve(FolderLock.FILE)).doesNotExist();
    }

    @Test
    void followsNoLinkInItsPlace() throws IOException {
        Path mine = Files.writeString(folder.resolve("thesis.txt"), "mine");
        Files.createSymbolicLink(folder.resolve(FolderLock.FILE), mine);

        assertThatThrownBy(() -> FolderLock.acquire(folder)).isInstanceOf(IOException.class);

        assertThat(mine).hasContent("mine");
    }

    private static Process holder(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName()));
        line.addAll(List.of(arguments));
        Process holder = new ProcessBuilder(line).inheritIO().start();
        while (holder.isAlive() && !Files.exists(Path.of(arguments[0], "locked"))) {
            Thread.sleep(5);
        }
        return holder;
    }

    @Test
    void whoSharesAFolderHasPartsThatComeFreeWithItsDeath() throws Exception {
        // given
        Process other = holder(folder.toString(), "share");
        FolderLock.Part freed;
        try (FolderLock lock = FolderLock.share(folder)) {
            // when the other lives
            assertThat(lock.tryPart("a")).isEmpty();
            assertThat(lock.tryPart("b")).isPresent();
            assertThat(lock.tryPart("b")).as("held by this program").isEmpty();
            assertThatThrownBy(() -> lockedByAThirdProgram())
                    .hasMessageContaining("is in use by another run of AutoL2 (shared by process");

            // when it is killed
            other.destroyForcibly().waitFor();
            freed = lock.part("a");
            assertThat(freed).isNotNull();
            freed.close();
            assertThat(lock.tryPart("a")).isPresent();
            assertThat(lock.isLast()).isTrue();
        }
        assertThat(folder.resolve(FolderLock.FILE)).doesNotExist();
    }

    private void lockedByAThirdProgram() throws Exception {
        Path messages = folder.resolve("messages");
        Process third = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        third.waitFor();
        throw new IOException(Files.readString(messages));
    }

    @Test
    void oneOfThoseWhoShareIsTheLast() throws Exception {
        Process other = holder(folder.toString(), "share");
        try (FolderLock lock = FolderLock.share(folder)) {
            assertThat(lock.isLast()).isFalse();
            assertThat(lock.isLast()).isFalse();
        }
        assertThat(folder.resolve(FolderLock.FILE)).exists();
        other.destroyForcibly().waitFor();
    }

    @Test
    void whoeverIsInterruptedWaitsForNoPart() throws Exception {
        Process other = holder(folder.toString(), "share");
        try (FolderLock lock = FolderLock.share(folder)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> lock.part("a"))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("interrupted while another program had a");
            assertThat(lock.tryPart("b")).as("the file is still open").isPresent();
            assertThat(Thread.interrupted()).isTrue();
        }
        other.destroyForcibly().waitFor();
    }
}
