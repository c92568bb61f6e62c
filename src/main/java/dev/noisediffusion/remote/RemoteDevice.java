package dev.noisediffusion.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on a server that speaks the Open Inference Protocol, version 2.
 *
 * @param server scheme, host, port and what comes before {@code v2} in its paths, without a slash at the end
 * @param model its name there
 * @param version of the model; empty for the one that the server chooses
 */
public record RemoteDevice(URI server, String model, Optional<String> version) {
    private static final Pattern PATH =
            Pattern.compile("(?:(?<prefix>/.+)?/v2/models)?/(?<model>[^/]+)(?:/versions/(?<version>[^/]+))?/?");
    private static final Pattern NAME = Pattern.compile("[\\w.:~-]+");

    public RemoteDevice {
        if (!NAME.matcher(model).matches()
                || version.filter(text -> !NAME.matcher(text).matches()).isPresent()) {
            throw new IllegalArgumentException("A model on a server is named with letters, digits and . _ - : ~, not '"
                    + model + version.map(text -> "/versions/" + text).orElse("") + "'.");
        }
    }

    /** Whether a text looks like the address of a server, right or wrong. */
    public static boolean isAddress(String text) {
        return text.strip().toLowerCase(Locale.ROOT).matches("https?:.*");
    }

    /**
     * Reads {@code http://host:port/model}, {@code http://host:port/model/versions/2}, or either with {@code /v2/models} before
     * the model's name, as the server's own addresses have it.
     *
     * @throws IllegalArgumentException with a sentence for the user, if it is neither
     */
    public static RemoteDevice parse(String address) {
        try {
            URI uri = new URI(address.strip());
            Matcher path = PATH.matcher(uri.getRawPath() == null ? "" : uri.getRawPath());
            if (isAddress(address)
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && path.matches()) {
                String prefix = path.group("prefix");
                return new RemoteDevice(
                        new URI(uri.getScheme() + "://" + uri.getRawAuthority() + (prefix == null ? "" : prefix)),
                        path.group("model"),
                        Optional.ofNullable(path.group("version")));
            }
        } catch (URISyntaxException e) {
            // The sentence below says what is expected.
        }
        throw new IllegalArgumentException("Expected the address of a model on a server, such as"
                + " http://127.0.0.1:8000/flowers, found '" + address + "'.");
    }

    /** Asks for the model alone, which a server that is ready may still be loading. */
    URI ready() {
        return URI.create(metadata() + "/ready");
    }

    /** Asks for the server as such. */
    URI health() {
        return URI.create(server + "/v2/health/ready");
    }

    URI metadata() {
        return URI.create(server + "/v2/models/" + model
                + version.map(text -> "/versions/" + text).orElse(""));
    }

    URI infer() {
        return URI.create(metadata() + "/infer");
    }

    /** As it is given, and can be {@linkplain #parse read} again. */
    @Override
    public String toString() {
        return server + (server.getRawPath().isEmpty() ? "" : "/v2/models") + "/" + model
                + version.map(text -> "/versions/" + text).orElse("");
    }
}
