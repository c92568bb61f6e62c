package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.FrameIdentity;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.MorphRequest;

/**
 * The frame in sight, as the settings of this moment would make it.
 *
 * @param request the morph as it is set now, which the film may not show yet
 * @param index the frame's number in that morph, in [0, frames)
 * @param spot where it lies on the path: as the film has it, whose speeds are measured, if that goes the same way; else
 *     by the speeds that were measured before
 * @param lease the model that would make it
 */
record ShownFrame(MorphRequest request, int index, FramePlan.Spot spot, ModelLease lease) {
    FilmstripViewModel.Version version() {
        return lease.version(request);
    }

    /** What decides its pixels. */
    FrameIdentity identity() {
        return lease.open().renderer().identity(request, spot);
    }
}
