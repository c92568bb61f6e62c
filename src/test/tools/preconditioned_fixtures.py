"""Makes the fixtures unet2d-edm and unet2d-consistency: UNet2DModels with preconditioning, random weights, values by
reference_networks.py and by the formulas of Karras et al. 2022 and Song et al. 2023 in the coordinates in which they were
published. Run: python3 preconditioned_fixtures.py TARGET-FOLDER"""
import sys

import numpy as np
import torch
from fixture_files import gaussian, picture, randomise, save, write_json
from reference_networks import UNet

UNET = {
    "_class_name": "UNet2DModel", "sample_size": 16, "in_channels": 3, "out_channels": 3, "center_input_sample": False,
    "time_embedding_type": "positional", "freq_shift": 0, "flip_sin_to_cos": True,
    "down_block_types": ["DownBlock2D", "AttnDownBlock2D"], "up_block_types": ["AttnUpBlock2D", "UpBlock2D"],
    "block_out_channels": [16, 32], "layers_per_block": 1, "mid_block_scale_factor": 1, "downsample_padding": 1,
    "act_fn": "silu", "attention_head_dim": 8, "norm_num_groups": 4, "norm_eps": 1e-05,
    "resnet_time_scale_shift": "scale_shift", "attn_norm_num_groups": 4}


def make(root, name, scheduler, seed, consistency):
    unet = randomise(UNet(UNET), seed)
    data, least, most, rho = 0.5, 0.002, 80.0, 7.0

    def denoised(y, sigma):
        scale, above = (1000, sigma - least) if consistency else (1, sigma)
        skip = data**2 / (above**2 + data**2)
        out = above * data / np.sqrt(sigma**2 + data**2)
        time = torch.tensor([scale * 0.25 * np.log(sigma)], dtype=torch.float32)
        return skip * y + out * unet(y / np.sqrt(sigma**2 + data**2), time)

    def clip(x):
        return x.clamp(-1, 1) if consistency else x

    ramp = np.linspace(0, 1, 1000)
    sigmas = (least ** (1 / rho) + ramp * (most ** (1 / rho) - least ** (1 / rho))) ** rho
    steps = np.rint(999 * np.arange(12) / 11).astype(int)

    def move(x, sigma, there, told):
        """One step of the flow in x = y / sqrt(1 + sigma^2); the network is told another level than the state's on the way up."""
        y = x * np.sqrt(1 + told**2)
        eps = (y - denoised(y, told)) / told
        clean = clip(x * np.sqrt(1 + sigma**2) - sigma * eps)
        return (clean + there * eps) / np.sqrt(1 + there**2)

    clean = picture(16, 16, seed + 1)
    states, x, below = [], clean, 0.0
    for step in steps:
        x = move(x, below, sigmas[step], sigmas[step])
        below = sigmas[step]
        states.append(x)
    for i in reversed(range(len(steps))):
        x = move(x, sigmas[steps[i]], 0.0 if i == 0 else sigmas[steps[i - 1]], sigmas[steps[i]])
    levels = [0.002, 0.05, 0.7, 9.0, 80.0]
    noisy = [picture(16, 16, seed + 2) + sigma * gaussian((1, 3, 16, 16), seed + 3 + i) for i, sigma in enumerate(levels)]
    folder = f"{root}/{name}"
    write_json(f"{folder}/model_index.json", {
        "_class_name": "ConsistencyModelPipeline" if consistency else "DiffusionPipeline",
        "unet": ["diffusers", "UNet2DModel"], "scheduler": ["diffusers", scheduler["_class_name"]]})
    write_json(f"{folder}/scheduler/scheduler_config.json", scheduler)
    write_json(f"{folder}/unet/config.json", UNET)
    save(f"{folder}/unet/diffusion_pytorch_model.safetensors", unet.state_dict())
    save(f"{folder}/expected.safetensors", {
        "edm_noisy": torch.cat(noisy), "edm_sigma": torch.tensor(levels, dtype=torch.float32),
        "edm_denoised": torch.cat([denoised(y, s) for y, s in zip(noisy, levels)]),
        "alphas_cumprod": torch.tensor(1 / (1 + sigmas**2), dtype=torch.float32),
        "ddim_x0": clean, "ddim_inverse_trajectory": torch.cat(states).float(), "ddim_encoded": states[-1].float(),
        "ddim_decoded": x.float()})


with torch.no_grad():
    make(sys.argv[1], "unet2d-edm", {
        "_class_name": "EDMEulerScheduler", "sigma_min": 0.002, "sigma_max": 80.0, "sigma_data": 0.5, "rho": 7.0,
        "num_train_timesteps": 1000, "prediction_type": "epsilon"}, 300, False)
    make(sys.argv[1], "unet2d-consistency", {
        "_class_name": "CMStochasticIterativeScheduler", "num_train_timesteps": 40, "sigma_min": 0.002,
        "sigma_max": 80.0, "sigma_data": 0.5, "s_noise": 1.0, "rho": 7.0, "clip_denoised": True}, 400, True)
