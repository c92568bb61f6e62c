package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrugalNetworkTest {
    private static final int TIMESTEP = 7;

    private final List<DeviceNotice> notices = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    /** A device with room for so many pictures. */
    private final class Device implements Denoiser {
        private final String name;
        private final int room;

        Device(String name, int room) {
            this.name = name;
            this.room = room;
        }

        @Override
        public Tensor predict(Tensor noisy, int timestep) {
            events.add(name + " " + noisy.shape().batch());
            if (noisy.shape().batch() > room) {
                throw new DeviceMemoryException(new IllegalStateException("out of memory"));
            }
            return Kernels.affine(timestep, noisy, 1);
        }

        @Override
        public void close() {
            events.add(name + " closed");
        }
    }

    private static Tensor noise(int batch) {
        return Kernels.gaussian(Shape.of(batch, 1, 2, 2), 1);
    }

    private Tensor predict(FrugalNetwork network, int batch) {
        return network.denoiser(Guidance.NONE).predict(noise(batch), TIMESTEP);
    }

    private FrugalNetwork network(int room, Optional<Movable.Mover<Network>> mover) {
        return new FrugalNetwork(new Device("gpu", room), mover, notices::add);
    }

    @Test
    void aCallThatIsTooLargeIsMadeInPartsAndSoAreThoseAfterIt() {
        FrugalNetwork network = network(3, Optional.empty());
        assertEquals(Kernels.affine(TIMESTEP, noise(8), 1), predict(network, 8));
        assertEquals(List.of("gpu 8", "gpu 4", "gpu 2", "gpu 2", "gpu 2", "gpu 2"), events);
        assertEquals(List.of(new DeviceNotice.Shrunk(4), new DeviceNotice.Shrunk(2)), notices);
        events.clear();
        assertEquals(Kernels.affine(TIMESTEP, noise(5), 1), predict(network, 5));
        assertEquals(List.of("gpu 2", "gpu 2", "gpu 1"), events);
        assertEquals(2, notices.size());
    }

    @Test
    void aNetworkThatHasNoRoomForOnePictureMovesOnceTheOneBeforeIsClosed() {
        FrugalNetwork network = network(0, Optional.of(() -> new Device("cpu", 100)));
        assertEquals(Kernels.affine(TIMESTEP, noise(2), 1), predict(network, 2));
        assertEquals(List.of("gpu 2", "gpu 1", "gpu closed", "cpu 1", "cpu 1"), events);
        assertEquals(List.of(new DeviceNotice.Shrunk(1), new DeviceNotice.Moved("CPU")), notices);
        network.close();
        assertEquals("cpu closed", events.getLast());
    }

    /** Nothing was too large on the device before: its batches are for one that computes many pictures as fast as one. */
    @Test
    void onTheProcessorPicturesAreComputedOneByOne() {
        FrugalNetwork network = network(0, Optional.of(() -> new Device("cpu", 100)));
        predict(network, 1);
        events.clear();
        assertEquals(Kernels.affine(TIMESTEP, noise(3), 1), predict(network, 3));
        assertEquals(List.of("cpu 1", "cpu 1", "cpu 1"), events);
        assertEquals(List.of(new DeviceNotice.Moved("CPU")), notices);
    }

    /** The part before is closed by then: half a move would leave a model that computes no more. */
    @Test
    void aMoveIsMadeToTheEndEvenIfItsWorkIsCancelled() {
        var token = new CancellationToken();
        FrugalNetwork network = network(0, Optional.of(() -> {
            token.cancel();
            CancellationToken.current().throwIfCancelled();
            return new Device("cpu", 100);
        }));
        assertEquals(Kernels.affine(TIMESTEP, noise(1), 1), token.during(() -> predict(network, 1)));
    }

    @Test
    void whereThereIsNoRoomToReadTheWordsTheNetworkMovesAsWell() {
        Denoiser gpu = new Denoiser() {
            @Override
            public Denoiser denoiser(Guidance guidance) {
                throw new DeviceMemoryException(new IllegalStateException("out of memory"));
            }

            @Override
            public Tensor predict(Tensor noisy, int timestep) {
                throw new AssertionError("Not bound yet");
            }
        };
        var network = new FrugalNetwork(gpu, Optional.of(() -> new Device("cpu", 100)), notices::add);
        assertEquals(Kernels.affine(TIMESTEP, noise(1), 1), predict(network, 1));
        assertEquals(List.of(new DeviceNotice.Moved("CPU")), notices);
    }

    /** The first call is still under way when another finds no room and closes the network. */
    @Test
    void aCallWhoseNetworkIsMovedUnderItIsMadeAnew() {
        var network = new ArrayList<FrugalNetwork>();
        Denoiser gpu = new Denoiser() {
            @Override
            public Tensor predict(Tensor noisy, int timestep) {
                if (noisy.shape().batch() == 1) {
                    throw new DeviceMemoryException(new IllegalStateException("out of memory"));
                }
                FrugalNetworkTest.this.predict(network.getFirst(), 1);
                throw new IllegalStateException("The model has been closed and computes no more.");
            }

            @Override
            public void close() {
                events.add("gpu closed");
            }
        };
        network.add(new FrugalNetwork(gpu, Optional.of(() -> new Device("cpu", 100)), notices::add));
        assertEquals(Kernels.affine(TIMESTEP, noise(2), 1), predict(network.getFirst(), 2));
        assertEquals(List.of("gpu closed", "cpu 1", "cpu 1", "cpu 1"), events);
    }

    @Test
    void whereThereIsNoWayOutASentenceSaysSo() {
        DeviceMemoryException end =
                assertThrows(DeviceMemoryException.class, () -> predict(network(0, Optional.empty()), 1));
        assertTrue(String.valueOf(end.getMessage()).contains("choose a smaller model"), end::toString);
        FrugalNetwork closed = network(0, Optional.of(() -> new Device("cpu", 100)));
        closed.close();
        assertThrows(DeviceMemoryException.class, () -> predict(closed, 1));
        assertEquals(List.of(), notices);
    }

    @Test
    void aMoveThatFailsSaysWhyAndTheNextCallMovesBeforeItComputes() {
        var tries = new AtomicInteger();
        FrugalNetwork network = network(0, Optional.of(() -> {
            if (tries.incrementAndGet() <= 2) {
                throw new ModelException("The graph is gone.");
            }
            return new Device("cpu", 100);
        }));
        for (int i = 0; i < 2; i++) {
            UnopenedException end = assertThrows(UnopenedException.class, () -> predict(network, 1));
            assertEquals("The graph is gone.", end.getMessage());
            assertEquals(new Trouble.InEnglish("The graph is gone."), end.trouble());
        }
        assertEquals(List.of(), notices);
        assertEquals(Kernels.affine(TIMESTEP, noise(2), 1), predict(network, 2));
        assertEquals(List.of("gpu 1", "gpu closed", "cpu 1", "cpu 1"), events);
        assertEquals(List.of(new DeviceNotice.Moved("CPU")), notices);
    }

    @Test
    void aMoveThatFindsNoRoomEitherSaysThatTheMemoryIsTooSmallAndTheNextCallTriesAgain() {
        var tries = new AtomicInteger();
        FrugalNetwork network = network(0, Optional.of(() -> {
            if (tries.incrementAndGet() <= 2) {
                throw new ModelException(
                        "model.onnx could not be opened by ONNX Runtime: bad allocation",
                        new OrtException("bad allocation"));
            }
            return new Device("cpu", 100);
        }));
        for (int i = 0; i < 2; i++) {
            DeviceMemoryException end = assertThrows(DeviceMemoryException.class, () -> predict(network, 1));
            assertTrue(String.valueOf(end.getMessage()).contains("choose a smaller model"), end::toString);
            assertInstanceOf(ModelException.class, end.getCause());
        }
        assertEquals(List.of(), notices);
        assertEquals(Kernels.affine(TIMESTEP, noise(1), 1), predict(network, 1));
        assertEquals(List.of("gpu 1", "gpu closed", "cpu 1"), events);
    }

    @Test
    void whatWasClosedAfterAMoveThatFailedStaysSo() {
        var tries = new AtomicInteger();
        FrugalNetwork network = network(0, Optional.of(() -> {
            tries.incrementAndGet();
            throw new ModelException("The graph is gone.");
        }));
        assertThrows(UnopenedException.class, () -> predict(network, 1));
        network.close();
        assertThrows(DeviceMemoryException.class, () -> predict(network, 1));
        assertEquals(1, tries.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error code - ORT_RUNTIME_EXCEPTION - message: Non-zero status code returned while running Conv node."
                        + " Status Message: bfc_arena.cc:376 AllocateRawInternal Failed to allocate memory for requested"
                        + " buffer of size 1073741824",
                "bfc_arena.cc AllocateRawInternal Available memory of 1024 is smaller than requested bytes of 4096",
                "CUDA failure 2: out of memory ; GPU=0",
                "CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED",
                "CUDNN failure 4003: CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED",
                "CUDNN failure 4004: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
                "CUDA driver error: CUDA_ERROR_OUT_OF_MEMORY",
                "Error code - ORT_FAIL - message: std::bad_alloc"
            })
    void whatTheRuntimeSaysOfItsMemoryIsUnderstood(String message) {
        assertTrue(DeviceMemoryException.isMeantBy(new IllegalStateException(message)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Got invalid dimensions for input: sample", "Exiting due to terminate flag being set to true"})
    void otherFailuresAreNot(String message) {
        assertTrue(!DeviceMemoryException.isMeantBy(new IllegalStateException(message)));
        assertTrue(!DeviceMemoryException.isMeantBy(new IllegalStateException()));
    }
}
