package dev.noisediffusion.library;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The user's access tokens by host, in a file that only the user can read, or in the environment. Never logged, and no
 * message carries one.
 */
public final class Tokens {
    /** The host whose token may come from the environment. */
    public static final String HUB = "huggingface.co";

    private static final System.Logger LOG = System.getLogger(Tokens.class.getName());
    private static final String VARIABLE = "HF_TOKEN";
    /** As {@link URI#getHost} gives it: a name, or the number of a machine, which is in brackets where it has colons. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final Optional<String> ofEnvironment;
    /** Whether the variable is set, and can be no token. */
    private final boolean unusable;

    private final String hub;
    /** Hosts whose token was given since this was made, or that did not take that of the environment. */
    private final Set<String> given = ConcurrentHashMap.newKeySet();

    /**
     * Tokens in a file.
     *
     * @param file which need not be there
     * @param environment variables of the process: {@code HF_TOKEN} is the hub's token and goes before the file's, unless
     *     that is given later, the hub refuses the variable's, or that can be none
     */
    public Tokens(Path file, Map<String, String> environment) {
        this(file, environment, HUB);
    }

    /** @param hub the host whose token may come from the environment */
    Tokens(Path file, Map<String, String> environment, String hub) {
        String said = environment.getOrDefault(VARIABLE, "").strip();
        this.file = file;
        this.ofEnvironment = Optional.of(said).filter(Tokens::isToken);
        this.unusable = !said.isEmpty() && ofEnvironment.isEmpty();
        this.hub = hub;
        // What can be no token must not keep from downloads that need none.
        if (unusable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    VARIABLE + " is not used: expected an access token alone, a single word of plain letters, digits"
                            + " and signs");
        }
    }

    /**
     * The token that may be sent to an address: over https, or within this machine.
     *
     * @throws ModelException if the file cannot be read, or others can read it too
     */
    Optional<String> forAddress(URI address) throws ModelException {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        boolean confidential = "https".equalsIgnoreCase(address.getScheme())
                || host.equals("localhost")
                || host.equals("127.0.0.1")
                || host.equals("[::1]");
        return confidential ? of(host) : Optional.empty();
    }

    /**
     * The token to send in place of one that was refused: that of the file.
     *
     * @param refused what {@link #forAddress}, or this, gave for the address
     * @return empty where there is no other, or none that can be read
     */
    Optional<String> insteadOf(String refused, URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        try {
            return Optional.ofNullable(read().get(host)).filter(token -> !token.equals(refused));
        } catch (ModelException e) {
            LOG.log(System.Logger.Level.WARNING, "No other token is tried", e);
            return Optional.empty();
        }
    }

    /** From now on the token that the file has for an address goes before that of the environment, which was refused. */
    void passOverEnvironment(URI address) {
        given.add(address.getHost().toLowerCase(Locale.ROOT));
    }

    /** The token of a host. */
    public Optional<String> of(String host) throws ModelException {
        return isOfEnvironment(host) ? ofEnvironment : Optional.ofNullable(read().get(host));
    }

    /** Where the token of a host is from, for people: the variable, or the file. */
    String origin(String host) {
        return isOfEnvironment(host.toLowerCase(Locale.ROOT)) ? VARIABLE : file.toString();
    }

    /** The variable, for people, where it should have the token of an address and has none that can be sent. */
    Optional<String> unusable(URI address) {
        return unusable && address.getHost().toLowerCase(Locale.ROOT).equals(hub)
                ? Optional.of(VARIABLE)
                : Optional.empty();
    }

    private boolean isOfEnvironment(String host) {
        return host.equals(hub) && ofEnvironment.isPresent() && !given.contains(host);
    }

    /**
     * Keeps a token. From now on it goes before that of the environment, which may have expired.
     *
     * @throws IllegalArgumentException as {@link #requireHost}, or if it is no token; the message does not repeat it
     */
    public void save(String host, String token) throws ModelException {
        requireHost(host);
        Map<String, String> all = new TreeMap<>(read());
        all.put(host.toLowerCase(Locale.ROOT), requireToken(token.strip()));
        write(all);
        given.add(host.toLowerCase(Locale.ROOT));
    }

    /**
     * Forgets a host's token, if there is one.
     *
     * @throws IllegalArgumentException as {@link #requireHost}, unless one was kept under this name all the same
     */
    public void remove(String host) throws ModelException {
        given.remove(host.toLowerCase(Locale.ROOT));
        Map<String, String> all = new TreeMap<>(read());
        if (all.remove(host.toLowerCase(Locale.ROOT)) == null) {
            requireHost(host);
        } else {
            write(all);
        }
    }

    /**
     * Refuses what is no bare name of a host, such as an address: no token would ever be looked for under it.
     *
     * @throws IllegalArgumentException if it is none, with a sentence for the user
     */
    public static void requireHost(String host) {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("Expected a host such as " + HUB + ", found '" + host + "'.");
        }
    }

    /** Where they are kept. */
    public Path file() {
        return file;
    }

    private static boolean isToken(String text) {
        return text.matches("[\\x21-\\x7e]{1,1000}");
    }

    private static String requireToken(String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("That is not an access token: one is a single word of plain letters,"
                    + " digits and signs, as the site's settings page shows it.");
        }
        return token;
    }

    private Map<String, String> read() throws ModelException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            requirePrivate();
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<Map<String, String>>() {});
        } catch (IOException e) {
            throw new ModelException(file + " with the access tokens could not be read.", e);
        } catch (JacksonException unsound) {
            // Its message quotes the file, so it is not passed on.
            throw new ModelException(file + " with the access tokens is unsound: delete it and give the token again.");
        }
    }

    private void requirePrivate() throws IOException, ModelException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
            if (OTHERS.contains(permission)) {
                throw new ModelException(
                        file + " holds access tokens but others can read it, so it is not used: make it"
                                + " yours alone (chmod 600), and renew the token if others may have read it.");
            }
        }
    }

    private void write(Map<String, String> all) throws ModelException {
        try {
            // The temporary file that takes its place is made readable by its owner only.
            AtomicFile.writePrivate(file, JSON.writeValueAsString(all).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.UNWRITABLE.with(file), file + " with the access tokens could not be written.", e);
        }
    }
}
