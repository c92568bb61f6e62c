package dev.noisediffusion.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A proxy did not let a request through, so that the server has not heard of it. */
public final class ProxyException extends IOException {
    /** The status of a proxy that wants to know who asks. */
    static final int PASSWORD_WANTED = 407;

    private static final int FIRST_SERVER_ERROR = 500;

    private final String proxy;
    private final String server;
    private final int status;

    /**
     * A refusal of a proxy.
     *
     * @param proxy its host and port
     * @param server that was to be asked
     * @param status that the proxy answered with
     */
    ProxyException(String proxy, String server, int status, @Nullable Throwable cause) {
        super("The proxy " + proxy + " answers with status " + status, cause);
        this.proxy = proxy;
        this.server = server;
        this.status = status;
    }

    /** Its host and port. */
    public String proxy() {
        return proxy;
    }

    /** The host that was to be asked. */
    public String server() {
        return server;
    }

    /** What the proxy answered with. */
    public int status() {
        return status;
    }

    /** Whether the proxy wants to know who asks. */
    public boolean wantsPassword() {
        return status == PASSWORD_WANTED;
    }

    /** Whether another attempt may come through: the proxy is at its limits, or did not reach the server. */
    public boolean mayPass() {
        return status >= FIRST_SERVER_ERROR;
    }
}
