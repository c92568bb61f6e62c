package dev.noisediffusion.remote;

import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.tensor.Tensor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A graph that a server runs, by the Open Inference Protocol version 2 over HTTP. Safe for any thread. */
public final class RemoteGraph implements GraphRunner {
    private static final int OK = 200;
    /** What servers answer to questions that they do not know. */
    private static final Set<Integer> UNKNOWN = Set.of(404, 405, 501);

    private static final int FIRST_SERVER_ERROR = 500;

    private final RemoteDevice device;
    private final RemoteClient client;
    private final RemoteMetadata metadata;

    private RemoteGraph(RemoteDevice device, RemoteClient client, RemoteMetadata metadata) {
        this.device = device;
        this.client = client;
        this.metadata = metadata;
    }

    /**
     * Asks a server whether the model is ready and what it takes.
     *
     * @param notices hears when the server is lost and when it is back, on threads that call
     * @throws RemoteException with a sentence, if there is no such server or no such model
     */
    public static RemoteGraph connect(RemoteDevice device, RemotePolicy policy, Consumer<DeviceNotice> notices) {
        var client = new RemoteClient(device.server(), policy, notices);
        try {
            int ready = client.get(device.ready()).statusCode();
            if (ready != OK) {
                requireReady(device.server(), client.get(device.health()).statusCode());
            }
            // Says it better where the server has no such model.
            RemoteMetadata metadata = metadata(device, client);
            if (!UNKNOWN.contains(ready)) {
                requireReady(device, ready);
            }
            return new RemoteGraph(device, client, metadata);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /**
     * Refuses what is not ready.
     *
     * @param asked the server or the model
     */
    private static void requireReady(Object asked, int status) {
        if (status != OK) {
            throw new RemoteException(
                    Trouble.Fault.NOT_READY,
                    asked,
                    String.valueOf(status),
                    asked + " does not say that it is ready (status " + status
                            + "): it may still be starting, or not speak the Open Inference Protocol version 2.");
        }
    }

    private static RemoteMetadata metadata(RemoteDevice device, RemoteClient client) {
        HttpResponse<byte[]> answer = client.get(device.metadata());
        if (answer.statusCode() >= FIRST_SERVER_ERROR) {
            String status = status(answer);
            throw new RemoteException(
                    Trouble.Fault.FAILED,
                    device.server(),
                    status,
                    device.server() + " has failed (status " + status + "). Its log may say more.");
        }
        JsonNode described = InferMessage.json(answer.body(), answer.body().length);
        if (answer.statusCode() != OK
                || described == null
                || described.path("inputs").isEmpty()) {
            String status = status(answer);
            throw new RemoteException(
                    Trouble.Fault.NO_MODEL,
                    device,
                    status,
                    device.server() + " has no model '" + device.model() + "'"
                            + device.version()
                                    .map(version -> " of version " + version)
                                    .orElse("") + " (status " + status
                            + "): check the name, or put the model into the server's folder of models.");
        }
        return RemoteMetadata.of(device.toString(), described);
    }

    /** A number, and what the server says to it. */
    private static String status(HttpResponse<byte[]> answer) {
        return answer.statusCode() + InferMessage.words(answer.body());
    }

    @Override
    public boolean takesBatches() {
        return metadata.inputs().values().stream()
                .filter(port -> port.dims().size() > 1)
                .allMatch(port -> port.dims().getFirst() < 0);
    }

    /**
     * One call. A connection that is lost is made again, a busy server asked again.
     *
     * @throws RemoteException with a sentence, if the model takes other inputs, the server fails, or it cannot be reached
     * @throws java.util.concurrent.CancellationException soon after the current token was cancelled, answer or not
     * @throws IllegalStateException if this is closed, before or during the call
     */
    @Override
    public Tensor run(Map<String, Tensor> inputs, String output) {
        metadata.requireInputs(inputs.keySet());
        metadata.output(output);
        InferMessage call = InferMessage.call(inputs, output, metadata);
        HttpResponse<byte[]> answer = client.post(device.infer(), call.body(), call.headerLength());
        if (answer.statusCode() != OK) {
            String status = status(answer);
            throw new RemoteException(
                    Trouble.Fault.FAILED,
                    device,
                    status,
                    device + " could not compute (status " + status + "). The server's log may say more.");
        }
        return InferMessage.answer(answer, output, metadata);
    }

    @Override
    public void close() {
        client.close();
    }
}
