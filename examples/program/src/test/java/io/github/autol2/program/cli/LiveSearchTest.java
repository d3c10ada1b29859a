package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code autol2 search --live}, as a browser asks for it. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveSearchTest {

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void showsASearchWhileItRunsAndTheFileShowsTheSameAtItsEnd() throws Exception {
        // given
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path out = folder.resolve("out");

        // when one candidate has ended, and others have not
        Process search = Program.startedUntilThereIs(
                out.resolve("unfinished/candidate-00001.json"),
                ProcessBuilder.Redirect.INHERIT,
                "search",
                out.toString(),
                "--live=" + port,
                "--candidates",
                "6",
                "--threads",
                "1");
        HttpResponse<String> page = get(port, "");
        JsonNode data = new ObjectMapper().readTree(get(port, "data.json").body());
        while (data.get("candidates").isEmpty()) {
            Thread.sleep(50);
            data = new ObjectMapper().readTree(get(port, "data.json").body());
            page = get(port, "");
        }

        // then
        assertThat(search.isAlive()).isTrue();
        assertThat(page.body())
                .contains(" of 6 candidates have ended", "http-equiv=\"refresh\"", "In training: candidate ")
                .contains(
                        "The best so far: Candidate 0",
                        "90 % interval",
                        "trained for ",
                        "How much each hyperparameter");
        assertThat(page.body().split("<polyline", -1).length).isGreaterThan(1);
        assertNothingFromOutside(page.body());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(data.at("/candidates/0/status").asText()).isEqualTo("finished");
        assertThat(data.at("/best/testAccuracy").isNull()).isTrue();

        // when it ends
        assertThat(search.waitFor()).isZero();

        // then
        String report = Files.readString(out.resolve("report.html"));
        assertThat(report)
                .contains(
                        "Best of 6 candidates", "Best so far", "Hyperparameters, lambda and accuracy of each candidate")
                .contains("Predicted lambda of each candidate", "trained for ")
                .doesNotContain("http-equiv=\"refresh\"");
        assertNothingFromOutside(report);
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void assertNothingFromOutside(String page) {
        assertThat(page.replace("http://www.w3.org/", "").replace("url(#", "")) // parts of the page itself
                .doesNotContain("http:", "https:", "<script", "@import", "<img", "url(");
    }

    @Test
    void aPortThatIsTakenOrNoneIsRefusedInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program inUse = Program.small("search", folder.resolve("out").toString(), "--live=" + taken.getLocalPort());
            Program wrong = Program.small("search", folder.resolve("other").toString(), "--live=70000");

            assertThat(inUse.exitCode()).isEqualTo(2);
            assertThat(inUse.errors().strip())
                    .contains("--live: port " + taken.getLocalPort() + " cannot be used")
                    .doesNotContain("\n");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.errors().strip()).contains("--live must be a port in [0, 65535], got 70000");
            assertThat(folder).isEmptyDirectory();
        }
    }
}
