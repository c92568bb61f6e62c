package dev.noisediffusion.library;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that the variable {@code HTTPS_PROXY} names, for what goes over https, except for the hosts in
 * {@code NO_PROXY}; both may be written small. Where there is none, another selector is asked.
 */
public final class EnvironmentProxies extends ProxySelector {
    private static final System.Logger LOG = System.getLogger(EnvironmentProxies.class.getName());
    private static final int USUAL_PORT = 80;

    private final Optional<Proxy> proxy;
    private final List<String> exempt;
    private final ProxySelector otherwise;

    /** @param otherwise asked where the environment names no proxy */
    public EnvironmentProxies(Map<String, String> environment, ProxySelector otherwise) {
        this.proxy = proxy(variable(environment, "https_proxy"));
        this.exempt = Arrays.stream(variable(environment, "no_proxy")
                        .toLowerCase(Locale.ROOT)
                        .split(","))
                .map(host -> host.strip().replaceFirst("^\\*?\\.", ""))
                .filter(host -> !host.isEmpty())
                .toList();
        this.otherwise = otherwise;
    }

    /** The small form goes first, as with other programs. */
    private static String variable(Map<String, String> environment, String name) {
        String small = environment.getOrDefault(name, "").strip();
        return small.isEmpty()
                ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
                : small;
    }

    private static Optional<Proxy> proxy(String address) {
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address.contains("://") ? address : "http://" + address);
            String host = uri.getHost();
            if ("http".equalsIgnoreCase(uri.getScheme()) && host != null) {
                if (uri.getUserInfo() != null) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "The name and password in HTTPS_PROXY are not used: the studio gives none to a proxy");
                }
                int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
                return Optional.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // The line below says what is expected; the address itself may have a password in it.
        }
        LOG.log(System.Logger.Level.WARNING, "HTTPS_PROXY is not used: expected an address such as http://host:8080");
        return Optional.empty();
    }

    @Override
    public List<Proxy> select(URI address) {
        String host = address.getHost();
        if (proxy.isEmpty() || host == null || !"https".equalsIgnoreCase(address.getScheme())) {
            return otherwise.select(address);
        }
        return List.of(isExempt(host.toLowerCase(Locale.ROOT)) ? Proxy.NO_PROXY : proxy.get());
    }

    private boolean isExempt(String host) {
        return exempt.stream().anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxyAddress, IOException failure) {
        otherwise.connectFailed(address, proxyAddress, failure);
    }
}
