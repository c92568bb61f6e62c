package dev.noisediffusion.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.RecordedLog;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
    private static final Proxy OTHER = http("other", 1);

    private static Proxy http(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    private static List<Proxy> select(Map<String, String> environment, String address) {
        var otherwise = ProxySelector.of(InetSocketAddress.createUnresolved("other", 1));
        return new EnvironmentProxies(environment, otherwise).select(URI.create(address));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://gate:3128, gate, 3128",
        "https_proxy, http://gate:3128/, gate, 3128",
        "HTTPS_PROXY, gate:3128, gate, 3128",
        "HTTPS_PROXY, http://me:secret@gate.example.org:8080, gate.example.org, 8080",
        "https_proxy, HTTP://gate, gate, 80"
    })
    void theEnvironmentNamesTheProxy(String variable, String value, String host, int port) {
        assertEquals(List.of(http(host, port)), select(Map.of(variable, value), "https://hub.example.org/a"));
    }

    @Test
    void aPasswordThatIsNotUsedIsNamedInTheLogAndNotRepeated() {
        try (var log = new RecordedLog()) {
            select(Map.of("HTTPS_PROXY", "http://me:secret@gate:8080"), "https://hub.example.org/a");
            List<LogRecord> entries = log.entriesOf(EnvironmentProxies.class);
            assertEquals(1, entries.size());
            String logged = entries.getFirst().getMessage();
            assertTrue(logged.contains("HTTPS_PROXY") && !logged.contains("secret"), logged);
        }
    }

    @Test
    void theSmallFormGoesFirst() {
        Map<String, String> both = Map.of("HTTPS_PROXY", "http://large:1", "https_proxy", "http://small:2");
        assertEquals(List.of(http("small", 2)), select(both, "https://hub.example.org/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "socks5://gate:1080", "https://gate:443", "http://", "gate:99999", "a b"})
    void whatIsNoAddressOfAProxyIsNotUsed(String value) {
        assertEquals(List.of(OTHER), select(Map.of("HTTPS_PROXY", value), "https://hub.example.org/a"));
    }

    @Test
    void whatDoesNotGoOverHttpsIsLeftToTheOther() {
        assertEquals(List.of(OTHER), select(Map.of("HTTPS_PROXY", "http://gate:1"), "http://hub.example.org/a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hub.example.org | true",
                ".example.org | true",
                "*.example.org | true",
                "localhost, EXAMPLE.org | true",
                "* | true",
                "ample.org | false",
                "a.hub.example.org | false",
                ", | false"
            })
    void hostsCanBeExempt(String hosts, boolean direct) {
        for (String variable : List.of("NO_PROXY", "no_proxy")) {
            assertEquals(
                    List.of(direct ? Proxy.NO_PROXY : http("gate", 1)),
                    select(Map.of("HTTPS_PROXY", "http://gate:1", variable, hosts), "https://hub.example.org/a"));
        }
    }
}
