package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.CieLabPicture;
import dev.noisediffusion.image.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Constant perceptual speed along the segments of one morph. Looks at {@value #PLACES} places spread evenly over a
 * segment; from each to the next the distance is the root mean square of the CIELAB differences of the slightly
 * blurred pictures ({@link CieLabPicture#distance}). Fractions between are interpolated.
 */
final class Pacing {
    static final int PLACES = 9;
    /** Of the mean distance; where nothing seems to move, time passes all the same. */
    private static final double LEAST_SHARE = 0.01;

    private final MorphRequest request;
    private final String cacheKey;
    private final List<Integer> timesteps;
    private final PaceCache cache;
    private final Map<PaceCache.Key, Easing.Measured> known = new HashMap<>();

    Pacing(MorphRequest request, DiffusionModel model, PaceCache cache) {
        this.request = request;
        this.cacheKey = model.cacheKey();
        this.timesteps = request.settings().timetable(model.settings()).timesteps();
        this.cache = cache;
    }

    /** Paces requests; those on the first one's path take over its time. Empty if one cannot be paced. */
    static Optional<List<MorphRequest>> apply(
            List<MorphRequest> requests, Function<MorphRequest, Optional<MorphRequest>> pace) {
        MorphRequest first = requests.getFirst();
        Optional<MorphRequest> leader = pace.apply(first);
        var paced = new ArrayList<MorphRequest>();
        for (MorphRequest request : requests) {
            boolean follows = request.path().equals(first.path())
                    && request.keyframes().size() == first.keyframes().size();
            Optional<MorphRequest> own =
                    follows ? leader.map(MorphRequest::path).map(request::withPath) : pace.apply(request);
            own.ifPresent(paced::add);
        }
        return paced.size() == requests.size() ? Optional.of(paced) : Optional.empty();
    }

    /** The request with its speeds measured, empty while some are not. */
    Optional<MorphRequest> known() {
        return unknown().isEmpty() ? Optional.of(paced(this::find)) : Optional.empty();
    }

    /**
     * The request with the speeds there are: those measured, else the ones measured last between the same pictures under
     * other settings. Where there is neither, time passes evenly.
     */
    MorphRequest supposed() {
        return paced(key -> find(key).or(() -> cache.findBetween(key.middle().pictures())));
    }

    /** What was found or learnt here stays known, whatever the cache forgets meanwhile. */
    private Optional<Easing.Measured> find(PaceCache.Key segment) {
        cache.find(segment).ifPresent(measured -> known.putIfAbsent(segment, measured));
        return Optional.ofNullable(known.get(segment));
    }

    private MorphRequest paced(Function<PaceCache.Key, Optional<Easing.Measured>> pace) {
        MorphPath path = request.path();
        for (int segment : affected()) {
            Optional<Easing.Measured> found = pace.apply(key(segment));
            if (found.isPresent()) {
                Easing.Measured measured = turned(segment, found.get());
                path = path.withSegment(
                        segment,
                        path.segment(segment)
                                .withEasing(
                                        Optional.of(replaced(path.noiseEasing(segment), measured)),
                                        path.segment(segment).image().map(easing -> replaced(easing, measured))));
            }
        }
        return request.withPath(path);
    }

    private static Easing replaced(Easing easing, Easing.Measured measured) {
        return easing instanceof Easing.ConstantSpeed ? measured : easing;
    }

    /** Segments that have to be measured; of a loop through two pictures one, whose pace is also that of the way back. */
    List<Integer> unknown() {
        var keys = new HashSet<PaceCache.Key>();
        return affected().stream()
                .filter(segment -> {
                    PaceCache.Key key = key(segment);
                    return find(key).isEmpty() && keys.add(key);
                })
                .toList();
    }

    private List<Integer> affected() {
        MorphPath path = request.path();
        return IntStream.range(0, path.length(request.keyframes().size()))
                .filter(segment -> path.noiseEasing(segment) instanceof Easing.ConstantSpeed
                        || path.imageEasing(segment) instanceof Easing.ConstantSpeed)
                .boxed()
                .toList();
    }

    /** Where to look at a segment: noise and pictures move together. */
    List<FramePlan.Spot> spots(int segment) {
        return IntStream.range(0, PLACES)
                .mapToObj(i -> spot(segment, (double) i / (PLACES - 1)))
                .toList();
    }

    private FramePlan.Spot spot(int segment, double f) {
        int count = request.keyframes().size();
        double position = Math.min(1, (segment + f) / request.path().length(count));
        return new FramePlan.Spot(
                segment,
                position,
                FramePlan.drift(request.path(), position),
                Mix.coupled(Weights.between(count, segment, (segment + 1) % count, f)),
                new FramePlan.Place(segment, segment, Moment.START),
                Optional.empty());
    }

    /** What decides how fast a segment changes is what decides the frame in its middle, and the way of noise that travels. */
    private PaceCache.Key key(int segment) {
        return new PaceCache.Key(FrameIdentity.of(request, spot(segment, 0.5), cacheKey, timesteps), drifts(segment));
    }

    private List<Double> drifts(int segment) {
        MorphSettings settings = request.settings();
        if (!settings.method().usesFreshNoise() || settings.noiseTravel() != NoiseTravel.TRAVELLING) {
            return List.of();
        }
        List<Double> drifts = spots(segment).stream().map(FramePlan.Spot::drift).toList();
        return leadsBack(segment) ? drifts.reversed() : drifts;
    }

    private boolean leadsBack(int segment) {
        return segment + 1 == request.keyframes().size();
    }

    /** From a segment's own direction to that of its key, which has the pictures in their order, or back. */
    private Easing.Measured turned(int segment, Easing.Measured measured) {
        return leadsBack(segment) ? measured.reversed() : measured;
    }

    void learn(int segment, List<Picture> seen) {
        // In the direction of the key, whichever way came first: a pace turned twice is not the same to the bit.
        List<Picture> inOrder = leadsBack(segment) ? seen.reversed() : seen;
        var pictures = inOrder.stream().map(CieLabPicture::of).toList();
        var distances = new ArrayList<Double>();
        for (int i = 1; i < pictures.size(); i++) {
            distances.add(pictures.get(i).distance(pictures.get(i - 1)));
        }
        PaceCache.Key key = key(segment);
        var measured = new Easing.Measured(travelled(distances));
        known.put(key, measured);
        cache.put(key, measured);
    }

    /** The shares of the whole way behind each place. */
    static List<Double> travelled(List<Double> distances) {
        double mean =
                distances.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double least = mean == 0 ? 1 : LEAST_SHARE * mean;
        double whole = distances.stream()
                .mapToDouble(distance -> Math.max(distance, least))
                .sum();
        var shares = new ArrayList<Double>();
        shares.add(0.0);
        double sum = 0;
        for (double distance : distances.subList(0, distances.size() - 1)) {
            sum += Math.max(distance, least);
            shares.add(sum / whole);
        }
        shares.add(1.0);
        return shares;
    }
}
