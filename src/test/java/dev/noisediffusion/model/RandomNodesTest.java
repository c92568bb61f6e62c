package dev.noisediffusion.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomNodesTest {
    @TempDir
    Path folder;

    @Test
    void noiseThatGoesNowhereIsRefusedInASentence() throws IOException {
        ProtoMessage node = new ProtoMessage().text(4, "RandomNormal");
        ProtoMessage model = new ProtoMessage().message(7, new ProtoMessage().message(1, node));
        Path file = Files.write(folder.resolve("model.onnx"), model.toBytes());
        assertEquals(
                file + ": expected an ONNX graph, found bytes that are none.",
                Refusals.sentence(ModelException.class, () -> RandomNodes.replaced(file)));
    }
}
