package dev.noisediffusion.library;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A real HTTP server on the loopback that says and does whatever a test wants, down to the bytes. */
public final class UnreliableServer implements AutoCloseable {
    /**
     * What was asked.
     *
     * @param target as in the request line
     * @param headers by lower-case name
     */
    public record Request(String target, Map<String, String> headers) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        /** Where the asked range begins. */
        int from() {
            return header("Range")
                    .map(range -> Integer.parseInt(range.replace("bytes=", "").replace("-", "")))
                    .orElse(0);
        }
    }

    /** What is answered; the connection ends after it. */
    public static final class Reply {
        private final String head;
        private final byte[] body;
        private final long silentMillis;

        /**
         * An answer down to its bytes.
         *
         * @param head the status line and headers, without the empty line
         * @param silentMillis how long the connection says nothing before it ends
         */
        private Reply(String head, byte[] body, long silentMillis) {
            this.head = head;
            this.body = body;
            this.silentMillis = silentMillis;
        }

        public static Reply of(String status, byte[] body, String... headers) {
            return new Reply("HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers), body, 0);
        }

        /** All of it, with a strong entity tag. */
        public static Reply whole(byte[] body) {
            return of("200 OK", body, "Content-Length: " + body.length, "ETag: \"one\"");
        }

        /** From where the request wants it. */
        public static Reply rest(byte[] body, Request request) {
            int from = request.from();
            if (from == 0) {
                return whole(body);
            }
            byte[] rest = Arrays.copyOfRange(body, from, body.length);
            return of(
                    "206 Partial Content",
                    rest,
                    "Content-Length: " + rest.length,
                    "Content-Range: bytes " + from + "-" + (body.length - 1) + "/" + body.length,
                    "ETag: \"one\"");
        }

        public static Reply status(String status, String... headers) {
            return of(status, new byte[0], headers);
        }

        /** The same head, but only so many bytes of the body. */
        public Reply cutAfter(int bytes) {
            return new Reply(head, Arrays.copyOf(body, Math.min(bytes, body.length)), silentMillis);
        }

        Reply thenSilentFor(long millis) {
            return new Reply(head, body, millis);
        }
    }

    private final ServerSocket socket;
    private final Function<Request, Reply> manners;
    private final AtomicInteger open = new AtomicInteger();
    public final AtomicInteger mostOpen = new AtomicInteger();
    public final List<Request> requests = new CopyOnWriteArrayList<>();

    public UnreliableServer(Function<Request, Reply> manners) throws IOException {
        this.manners = manners;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + port() + "/" + path);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (connection) {
            Request request = read(connection.getInputStream());
            requests.add(request);
            Reply reply = manners.apply(request);
            OutputStream out = connection.getOutputStream();
            out.write((reply.head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(reply.body);
            out.flush();
            Thread.sleep(reply.silentMillis);
        } catch (IOException | InterruptedException clientHasGone) {
            // That is its right.
        } finally {
            open.decrementAndGet();
        }
    }

    private static Request read(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in);
        String line = line(buffered);
        String target = line.isEmpty() ? "" : line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
        var headers = new TreeMap<String, String>();
        for (String header = line(buffered); !header.isEmpty(); header = line(buffered)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new Request(target, headers);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
