package io.github.autol2.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    private Path folder;

    /** Locks a folder, says so by a file in it, and waits to be killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            Path held = Path.of(arguments[0]);
            try (FolderLock lock = FolderLock.acquire(held)) {
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
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        while (holder.isAlive() && !Files.exists(folder.resolve("locked"))) {
            Thread.sleep(5);
        }

        // when it lives
        assertThatThrownBy(() -> FolderLock.acquire(folder))
                .isInstanceOf(FolderLock.InUseException.class)
                .hasMessageStartingWith(
                        folder + " is in use by another run of AutoL2 (process " + holder.pid() + ", since 20");

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
}
