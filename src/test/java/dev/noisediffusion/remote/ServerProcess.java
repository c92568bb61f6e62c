package dev.noisediffusion.remote;

import dev.noisediffusion.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An {@link InferenceServer} in a process of its own. */
public final class ServerProcess implements AutoCloseable {
    private final Path graph;
    private final String floats;
    private final String batch;
    private Process process;
    private int port;

    public ServerProcess(Path graph, String floats, String batch) throws IOException {
        this.graph = graph;
        this.floats = floats;
        this.batch = batch;
        start();
    }

    public ServerProcess(Path graph) throws IOException {
        this(graph, "FP32", "-1");
    }

    /** On the port of before, if there was one. */
    void start() throws IOException {
        process = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx512m"),
                        InferenceServer.class,
                        graph.toString(),
                        Integer.toString(port),
                        floats,
                        batch))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("The server did not start");
        }
        port = Integer.parseInt(line);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public String address() {
        return "http://127.0.0.1:" + port + "/net";
    }

    RemoteDevice device() {
        return RemoteDevice.parse(address());
    }

    /** How it treats the next calls. */
    void misbehave(String manners) throws IOException, InterruptedException {
        ask("/manners", manners);
    }

    /** How many pictures of a call it has memory for. */
    void makeRoomFor(int pictures) throws IOException, InterruptedException {
        ask("/room", Integer.toString(pictures));
    }

    /** From now on as it was at first: its manners are good and it has memory for everything. */
    void behave() throws IOException, InterruptedException {
        ask("/behave", "");
    }

    /** Calls that have begun. */
    int calls() throws IOException, InterruptedException {
        return Integer.parseInt(ask("/calls", ""));
    }

    private String ask(String path, String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
