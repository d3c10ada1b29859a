package io.github.autol2.program.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Drives one page of a Chromium by its DevTools protocol (https://chromedevtools.github.io/devtools-protocol), and keeps what the page asked
 * for and complained of. One thread calls.
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final int PATIENCE = 60; // seconds

    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final StringBuilder message = new StringBuilder(); // the part of one that has come so far
    private WebSocket socket;
    private int lastCall;

    private DevTools() {}

    /** Connects to a page, and listens to what it asks for and complains of. */
    static DevTools of(URI page) throws Exception {
        DevTools tools = new DevTools();
        tools.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, tools)
                .get(PATIENCE, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
            tools.call(domain + ".enable", Map.of());
        }
        return tools;
    }

    /** What a method of the protocol answers. */
    JsonNode call(String method, Map<String, Object> parameters) throws Exception {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(++lastCall, answer);
        socket.sendText(message(method, parameters), true).get(PATIENCE, TimeUnit.SECONDS);
        JsonNode answered = answer.get(PATIENCE, TimeUnit.SECONDS);
        if (answered.has("error")) {
            throw new IOException(method + ": " + answered.get("error"));
        }
        return answered.get("result");
    }

    private String message(String method, Map<String, Object> parameters) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of("id", lastCall, "method", method, "params", parameters));
    }

    /** Begins anew with what a page asks for and complains of. */
    void forget() {
        loads.set(0);
        requests.clear();
        complaints.clear();
    }

    int loads() {
        return loads.get();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            try {
                told(JSON.readTree(message.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            message.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    /** An answer, or an event. */
    private void told(JsonNode told) {
        if (told.has("id")) {
            answers.remove(told.get("id").asInt()).complete(told);
            return;
        }
        JsonNode event = told.get("params");
        switch (told.get("method").asText()) {
            case "Network.requestWillBeSent" ->
                requests.add(event.at("/request/url").asText());
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled" -> complaints.add(event.toString());
            case "Log.entryAdded" -> complaints.add(event.at("/entry/text").asText());
            case "Page.loadEventFired" -> loads.incrementAndGet();
            default -> {}
        }
    }

    /** So that a call that waits ends with the reason. */
    @Override
    public void onError(WebSocket from, Throwable error) {
        answers.values().forEach(answer -> answer.completeExceptionally(error));
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        IOException gone = new IOException("the browser has gone: " + statusCode + " " + reason);
        answers.values().forEach(answer -> answer.completeExceptionally(gone));
        return null;
    }

    /** Asks the browser to end, which then writes its profile to the end. */
    @Override
    public void close() {
        try {
            lastCall++;
            socket.sendText(message("Browser.close", Map.of()), true).join();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // of two texts and a number
        }
    }
}
