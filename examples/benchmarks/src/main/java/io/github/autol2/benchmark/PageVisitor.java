package io.github.autol2.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** The JVM that {@link OpenPage} starts, in place of a browser: it loads each address that it is given in a line, and prints its length. */
final class PageVisitor {

    private PageVisitor() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(line)).build();
            String html = client.send(request, BodyHandlers.ofString()).body();
            if (!html.contains("content=\"" + OpenPage.SECONDS + "\"")) {
                throw new IllegalStateException(
                        "the page does not ask to be loaded each " + OpenPage.SECONDS + " seconds");
            }
            System.out.println(html.length());
        }
    }
}
