"""Makes the fixtures ldm-vq and ldm-kl: a latent UNet2DModel with an autoencoder beside it, in diffusers form, random
weights, values by reference_networks.py. Run: python3 latent_fixtures.py TARGET-FOLDER (seeds are in the text)."""
import sys

import torch
from fixture_files import Ddim, gaussian, picture, randomise, save, write_json
from reference_networks import Autoencoder, UNet

SCHEDULER = {
    "_class_name": "DDIMScheduler", "num_train_timesteps": 1000, "beta_start": 0.0015, "beta_end": 0.0195,
    "beta_schedule": "scaled_linear", "trained_betas": None, "clip_sample": False, "set_alpha_to_one": False,
    "steps_offset": 1, "prediction_type": "epsilon", "timestep_spacing": "leading"}


def unet_config(channels):
    return {
        "_class_name": "UNet2DModel", "sample_size": 8, "in_channels": channels, "out_channels": channels,
        "center_input_sample": False, "time_embedding_type": "positional", "freq_shift": 0, "flip_sin_to_cos": True,
        "down_block_types": ["DownBlock2D", "AttnDownBlock2D"], "up_block_types": ["AttnUpBlock2D", "UpBlock2D"],
        "block_out_channels": [16, 32], "layers_per_block": 1, "mid_block_scale_factor": 1, "downsample_padding": 1,
        "act_fn": "silu", "attention_head_dim": 8, "norm_num_groups": 4, "norm_eps": 1e-05}


def autoencoder_config(kind, channels):
    config = {
        "_class_name": kind, "in_channels": 3, "out_channels": 3, "down_block_types": ["DownEncoderBlock2D"] * 3,
        "up_block_types": ["UpDecoderBlock2D"] * 3, "block_out_channels": [8, 8, 16], "layers_per_block": 1,
        "act_fn": "silu", "latent_channels": channels, "norm_num_groups": 4, "sample_size": 32}
    return config


def make(root, name, config, seed):
    folder = f"{root}/{name}"
    vq = config["_class_name"] == "VQModel"
    home = "vqvae" if vq else "vae"
    autoencoder = randomise(Autoencoder(config), seed)
    if vq:
        # Codes as wide as what is encoded, or every position would have the same nearest one.
        autoencoder.quantize.embedding.weight.data = gaussian((config["num_vq_embeddings"], autoencoder.latents), seed + 9)
    channels = autoencoder.latents
    unet_settings = unet_config(channels)
    unet = randomise(UNet(unet_settings), seed + 1)
    index = {"_class_name": "LDMPipeline", "unet": ["diffusers", "UNet2DModel"],
             "scheduler": ["diffusers", "DDIMScheduler"], home: ["diffusers", config["_class_name"]]}
    write_json(f"{folder}/model_index.json", index)
    write_json(f"{folder}/scheduler/scheduler_config.json", SCHEDULER)
    write_json(f"{folder}/unet/config.json", unet_settings)
    write_json(f"{folder}/{home}/config.json", config)
    save(f"{folder}/unet/diffusion_pytorch_model.safetensors", unet.state_dict())
    save(f"{folder}/{home}/diffusion_pytorch_model.safetensors", autoencoder.state_dict())
    image = picture(32, 32, seed + 2)
    # What a config does not say is 1 for a codebook, as the published models were trained, and 0.18215 for the other.
    scaling = config.get("scaling_factor", 1.0 if vq else 0.18215)
    latent = autoencoder.encode(image) * scaling
    ddim = Ddim(SCHEDULER)
    steps = ddim.timesteps(10)

    def network(x, t):
        return unet(x, torch.tensor([t]))

    states = ddim.invert(network, latent, steps)
    samples = gaussian((2, channels, 8, 8), seed + 3)
    save(f"{folder}/expected.safetensors", {
        "sample": samples, "timestep": torch.tensor([7, 801]),
        "out_sample": torch.cat([network(samples[:1], 7), network(samples[1:], 801)]),
        "alphas_cumprod": torch.tensor(ddim.bars, dtype=torch.float32),
        "ddim_timesteps": torch.tensor(steps[::-1]), "ddim_inverse_timesteps": torch.tensor(steps),
        "ddim_x0": latent, "ddim_inverse_trajectory": torch.cat(states), "ddim_encoded": states[-1],
        "ddim_decoded": ddim.sample(network, states[-1], steps),
        "codec_image": image, "codec_latent": latent, "codec_decoded": autoencoder.decode(latent / scaling)})


with torch.no_grad():
    vq = autoencoder_config("VQModel", 3)
    make(sys.argv[1], "ldm-vq", {**vq, "num_vq_embeddings": 64, "vq_embed_dim": 4}, 100)
    make(sys.argv[1], "ldm-kl", {**autoencoder_config("AutoencoderKL", 4), "scaling_factor": 0.5}, 200)
