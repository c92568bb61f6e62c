package dev.noisediffusion.web;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * All of a body, up to so many bytes. The JDK has the same ({@code BodySubscribers.limiting}), but says what went wrong in a
 * message only.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
    private final long most;
    private long come;
    private Flow.@Nullable Subscription subscription;

    /** @param most bytes that are taken */
    BoundedBody(long most) {
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return all.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        all.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        if (come > most) {
            return;
        }
        for (ByteBuffer buffer : part) {
            come += buffer.remaining();
        }
        if (come <= most) {
            all.onNext(part);
            return;
        }
        // Before the end of the subscription, which is an error of another kind.
        all.onError(new TooLargeException(most));
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        all.onError(failure);
    }

    @Override
    public void onComplete() {
        all.onComplete();
    }
}
