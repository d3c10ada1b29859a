package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.validation.ValidationDecision;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The page over HTTP, as a browser asks for it. */
class LambdaPageTest {

    @RegisterExtension
    final CapturedLog log = new CapturedLog(LambdaPage.class);

    private final HttpClient client = HttpClient.newHttpClient();
    private LambdaPage page;

    @BeforeEach
    void open() throws IOException {
        page = LambdaPage.open();
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void showsATrainingWhileItRuns() throws Exception {
        // given
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive(200).withInitialLambda(0.3).withRefractory(0.1))
                .observer(page)
                .build();
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        network.addListeners(listener);

        // when: in the middle of it
        for (int i = 0; i < 60; i++) {
            network.fit(Networks.classes(16, i % 5));
        }

        // then
        JsonNode data = new ObjectMapper().readTree(get("data.json").body());
        assertThat(listener.changes()).isNotEmpty();
        assertThat(data.get("measurements")).hasSameSizeAs(listener.history());
        assertThat(data.get("changes")).hasSameSizeAs(listener.changes());
        Decision.Change division = listener.changes().get(0);
        assertThat(data.get("changes").get(0).toString())
                .isEqualTo("{\"iteration\":%d,\"oldLambda\":0.3,\"newLambda\":%s,\"cause\":\"patience\"}"
                        .formatted(division.iteration(), division.newLambda()));
        HistoryPoint last = listener.history().get(listener.history().size() - 1);
        Measurement measured = last.measurement();
        JsonNode latest = data.get("latest");
        assertThat(latest.get("iteration").asLong()).isEqualTo(measured.iteration());
        assertThat(latest.get("lambda").asDouble()).isEqualTo(last.lambda());
        assertThat(latest.get("loss").asDouble()).isEqualTo(measured.loss());
        assertThat(latest.get("penalty").asDouble()).isEqualTo(measured.penalty());
        assertThat(latest.get("share").asDouble())
                .isEqualTo(measured.penalty() / (measured.penalty() + measured.loss()));
        assertThat(latest.get("tau").asDouble()).isEqualTo(1 / (0.1 * last.lambda()));
        assertThat(latest.get("error").asDouble()).isEqualTo(measured.error().orElseThrow());

        String html = get("").body();
        assertThat(html.split("<svg", -1)).hasSize(1 + 6);
        assertThat(html)
                .contains("<dt>iteration</dt><dd>" + measured.iteration() + "</dd>")
                .contains("<dt>lambda</dt><dd>" + LambdaPageHtml.number(last.lambda()) + "</dd>")
                .contains("<td>" + division.iteration() + "</td><td>0.3000</td>")
                .contains("patience");
    }

    @Test
    void saysThatThereIsNothingYet() throws Exception {
        assertThat(get("").body()).contains("Nothing has been measured yet");
        assertThat(get("data.json").body())
                .isEqualTo("{\"latest\":null,\"measurements\":[],\"changes\":[],\"decisions\":[]}");
    }

    @Test
    void showsWhatHeldOutDataDecidedAndLeavesOutWhatIsNotKnown() throws Exception {
        page.measured(new Measurement(3, -2, 0.5, OptionalDouble.empty(), 0), 0.1);
        page.decided(new ValidationDecision.RestoreAndHold(30, 20, 0.1, 0.3));

        assertThat(get("").body())
                .contains("<td>30</td><td>0.1000</td><td>&rarr; 0.3000</td><td>best network back, of iteration 20</td>")
                .doesNotContain("NaN");
        assertThat(get("data.json").body())
                .contains("\"share\":null,\"lambda\":0.1,\"tau\":null,\"error\":null")
                .contains("\"decisions\":[\"RestoreAndHold[");
    }

    @Test
    void showsDecisionsBeforeAnythingIsMeasured() throws Exception {
        page.decided(new ValidationDecision.RestoreAndHold(30, 20, 0.1, 0.3));

        assertThat(get("").body()).contains("Nothing has been measured yet", "best network back, of iteration 20");
    }

    @Test
    void holdsNoMoreThanItsPointsAndStillTheLastOne() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            page.measured(new Measurement(i, 1, 0.5, OptionalDouble.of(0.5), 0.1), 0.1);
            page.decided(new ValidationDecision.Divide(i, 0.3, 0.1));
        }

        JsonNode data = new ObjectMapper().readTree(get("data.json").body());

        assertThat(data.get("measurements").size()).isBetween(LambdaPage.POINTS / 2, LambdaPage.POINTS);
        assertThat(data.get("decisions").size()).isBetween(LambdaPage.POINTS / 2, LambdaPage.POINTS);
        assertThat(data.get("latest").get("iteration").asInt()).isEqualTo(19_999);
        assertThat(get("").body()).hasSizeLessThan(200_000);
    }

    @Test
    void asksForNothingElse() throws Exception {
        page.measured(new Measurement(3, 2, 0.5, OptionalDouble.empty(), 0.1), 0.1);

        HttpResponse<String> answer = get("");

        assertThat(answer.body()).doesNotContain("http:", "https:", "<script", "@import", "src=", "url(");
        assertThat(answer.body().replace("href=\"data:,\"", "")).doesNotContain("href=");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'");
    }

    @Test
    void answersOnlyWhatThereIs() throws Exception {
        assertThat(get("other").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(page.address())
                .POST(HttpRequest.BodyPublishers.ofString("lambda=1"))
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    /** A site in the browser may give its own name the address 127.0.0.1. */
    @Test
    void refusesWhoeverAsksByAnotherName() throws Exception {
        assertThat(raw("evil.example")).startsWith("HTTP/1.1 403").doesNotContain("AutoL2</h1>");
        assertThat(raw("localhost:" + page.address().getPort())).startsWith("HTTP/1.1 200");
    }

    private String raw(String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), page.address().getPort())) {
            socket.setSoTimeout(10_000);
            String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void listensOnThisMachineOnly() throws Exception {
        assertThat(page.address().getHost()).isEqualTo("127.0.0.1");
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (InetAddress other : others) {
            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket()) {
                            socket.connect(
                                    new InetSocketAddress(other, page.address().getPort()), 2_000);
                        }
                    })
                    .as("%s", other)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aForgottenPageDoesNotKeepTheProgramAlive() {
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("HTTP-Dispatcher")))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void isGoneWhenItIsClosed() throws Exception {
        page.close();

        assertThatThrownBy(() -> get("")).isInstanceOf(ConnectException.class);
        int port = page.address().getPort();
        try (LambdaPage next = LambdaPage.open(port)) { // the port is free again
            assertThat(next.address().getPort()).isEqualTo(port);
        }
    }

    @Test
    void refusesAPortThatIsTakenOrNone() {
        assertThatThrownBy(() -> LambdaPage.open(page.address().getPort())).isInstanceOf(BindException.class);
        assertThatThrownBy(() -> LambdaPage.open(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be in [0, 65535], got 65536");
    }

    @Test
    void theLogSaysWhereItIs() throws IOException {
        try (LambdaPage second = LambdaPage.open()) {
            assertThat(log.of(Level.INFO)).contains("AutoL2 shows lambda at " + second.address());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(page.address().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
