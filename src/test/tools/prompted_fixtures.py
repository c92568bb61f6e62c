"""Makes the fixtures sd2-tiny and sdxl-tiny: a diffusers folder, one file in the original layout and, of SDXL, an ONNX export as
the optimum tool lays it out, all with the same random weights; values by reference_networks.py.
Run: python3 prompted_fixtures.py TARGET-FOLDER"""
import os
import sys

import torch
from fixture_files import Ddim, export, gaussian, picture, randomise, save, write_json
import original_layout
from reference_networks import Autoencoder, ClipLayer, ClipText, UNet

# A tokenizer of single letters: CLIP's first 512 tokens, then the two marks.
VISIBLE = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
LETTERS = [chr(b) for b in VISIBLE] + [chr(256 + i) for i in range(256 - len(VISIBLE))]
START, END = 512, 513
PROMPTS = ["a red rose", "Birds, at dawn!", ""]
LONG = "roses " * 20
NEGATIVE = "blur"


def tokens(prompt, padding):
    ids = [START]
    for word in prompt.lower().replace(",", " ,").replace("!", " !").split():
        ids += [LETTERS.index(c) for c in word[:-1]] + [256 + LETTERS.index(word[-1])]
    ids = ids[:76] + [END]
    return torch.tensor([ids + [padding] * (77 - len(ids))])


def write_tokenizer(folder, padding):
    write_json(f"{folder}/vocab.json", {
        **{c: i for i, c in enumerate(LETTERS)}, **{c + "</w>": 256 + i for i, c in enumerate(LETTERS)},
        "<|startoftext|>": START, "<|endoftext|>": END})
    with open(f"{folder}/merges.txt", "w") as out:
        out.write("#version: 0.2\n")
    write_json(f"{folder}/special_tokens_map.json", {"pad_token": padding})


def text_config(width, heads, layers, activation, projection=None):
    config = {"architectures": ["CLIPTextModelWithProjection" if projection else "CLIPTextModel"],
              "model_type": "clip_text_model", "hidden_act": activation, "hidden_size": width,
              "intermediate_size": 2 * width, "max_position_embeddings": 77, "num_attention_heads": heads,
              "num_hidden_layers": layers, "vocab_size": 514}
    return {**config, "projection_dim": projection} if projection else config


VAE = {"_class_name": "AutoencoderKL", "in_channels": 3, "out_channels": 3,
       "down_block_types": ["DownEncoderBlock2D"] * 3, "up_block_types": ["UpDecoderBlock2D"] * 3,
       "block_out_channels": [8, 8, 16], "layers_per_block": 1, "act_fn": "silu", "latent_channels": 4,
       "norm_num_groups": 4, "sample_size": 32, "scaling_factor": 0.13025}
UNET = {"_class_name": "UNet2DConditionModel", "sample_size": 8, "in_channels": 4, "out_channels": 4,
        "center_input_sample": False, "flip_sin_to_cos": True, "freq_shift": 0, "block_out_channels": [8, 16, 16],
        "layers_per_block": 2, "downsample_padding": 1, "mid_block_scale_factor": 1, "act_fn": "silu",
        "norm_num_groups": 4, "norm_eps": 1e-05, "use_linear_projection": True}
SCHEDULER = {"num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
             "clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1, "timestep_spacing": "leading"}


class Model:
    def __init__(self, seed, unet, texts, vae, scheduler, silent):
        self.unet_config, self.text_configs, self.vae_config, self.scheduler = unet, texts, vae, scheduler
        self.unet = randomise(UNet(unet), seed)
        self.vae = randomise(Autoencoder(vae), seed + 1)
        self.texts = [randomise(ClipText(c), seed + 2 + i) for i, c in enumerate(texts)]
        self.silent = silent

    def words(self, prompt):
        if len(self.texts) == 1:
            return self.texts[0](tokens(prompt, 0))[0], None
        _, first, _ = self.texts[0](tokens(prompt, END))
        _, second, pooled = self.texts[1](tokens(prompt, 0))
        return torch.cat([first[-2], second[-2]], dim=2), pooled

    def negative(self, prompt):
        words, pooled = self.words(prompt)
        if self.silent and not prompt:
            return torch.zeros_like(words), torch.zeros_like(pooled)
        return words, pooled

    def network(self, words, height, width):
        sizes = torch.tensor([[height, width, 0, 0, height, width]], dtype=torch.float32)

        def predict(x, t):
            time = torch.tensor([t])
            return self.unet(x, time, words[0], words[1], None if words[1] is None else sizes)

        return predict

    def save_folder(self, folder):
        parts = ["text_encoder", "text_encoder_2"][: len(self.texts)]
        index = {"_class_name": "StableDiffusionPipeline" if len(parts) == 1 else "StableDiffusionXLPipeline",
                 "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"]}
        if len(parts) == 2:
            index["force_zeros_for_empty_prompt"] = self.silent
        write_json(f"{folder}/model_index.json", index)
        for part, config, model in [("unet", self.unet_config, self.unet), ("vae", self.vae_config, self.vae)] + list(
                zip(parts, self.text_configs, self.texts)):
            write_json(f"{folder}/{part}/config.json", config)
            name = "model" if part.startswith("text") else "diffusion_pytorch_model"
            save(f"{folder}/{part}/{name}.safetensors", model.state_dict())
        self.save_tables(folder)

    def save_tables(self, folder):
        write_json(f"{folder}/scheduler/scheduler_config.json", self.scheduler)
        write_tokenizer(f"{folder}/tokenizer", "!" if len(self.texts) == 1 else "<|endoftext|>")
        if len(self.texts) == 2:
            write_tokenizer(f"{folder}/tokenizer_2", "!")

    def save_expected(self, file, negative, height=32, width=32):
        folder = os.path.dirname(file)
        steps, depth = 8, 5
        write_json(f"{folder}/cases.json", {
            "prompts": PROMPTS, "prompt_long": LONG, "negative_prompt": negative, "guidance_scale": 4.0,
            "num_inference_steps": steps, "encode_steps": depth})
        out = {}
        for i, prompt in list(enumerate(PROMPTS)) + [("long", LONG)]:
            out[f"input_ids_{i}"] = tokens(prompt, 0 if len(self.texts) == 1 else END)[0]
            if len(self.texts) == 2:
                out[f"input_ids_{i}_2"] = tokens(prompt, 0)[0]
        words, unwanted = self.words(PROMPTS[0]), self.negative(negative)
        for name, value in (("prompt_embeds", words), ("negative_prompt_embeds", unwanted)):
            out[name] = value[0]
            if value[1] is not None:
                out[f"pooled_{name}"] = value[1]
        ddim = Ddim(self.scheduler)
        times = ddim.timesteps(steps)
        out["timesteps"], out["inverse_timesteps"] = torch.tensor(times[::-1]), torch.tensor(times)
        listening, other = self.network(words, height, width), self.network(unwanted, height, width)
        for i, which in enumerate("ab"):
            image = picture(height, width, 70 + i)
            latent = self.vae.encode(image) * self.vae_config["scaling_factor"]
            out[f"image_{which}"], out[f"latent_{which}"] = image, latent
            out[f"encoded_{which}"] = ddim.invert(listening, latent, times[:depth])[-1]

        def guided(x, t):
            return other(x, t) + 4.0 * (listening(x, t) - other(x, t))

        for method, seed in (("noise_diffusion", 80), ("slerp", 81)):
            start = gaussian((1, 4, height // 4, width // 4), seed)
            latent = ddim.sample(guided, start, times[:depth])
            out[f"{method}_start"], out[f"{method}_latent"] = start, latent
            out[f"{method}_image"] = self.vae.decode(latent / self.vae_config["scaling_factor"])
        save(file, out)

    def single(self, texts):
        """One file, with what such files also have: numbers of training, and the positions of an older library."""
        extra = {"betas": torch.zeros(3), "model_ema.decay": torch.tensor(0.5)}
        return {**original_layout.unet(self.unet), **original_layout.autoencoder(self.vae), **texts, **extra}


class Text(torch.nn.Module):
    """A text encoder with the outputs that optimum gives it."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids):
        last, states, pooled = self.model(ids)
        return tuple(states[:-1]) + (last,) + (() if pooled is None else (pooled,))


class Call(torch.nn.Module):
    def __init__(self, function, *modules):
        super().__init__()
        self.function, self.parts = function, torch.nn.ModuleList(modules)

    def forward(self, *inputs):
        return self.function(*inputs)


def export_all(model, folder):
    write_json(f"{folder}/model_index.json", {
        "_class_name": "ORTStableDiffusionXLPipeline", "force_zeros_for_empty_prompt": model.silent})
    model.save_tables(folder)
    for part, text, config in zip(("text_encoder", "text_encoder_2"), model.texts, model.text_configs):
        write_json(f"{folder}/{part}/config.json", config)
        states = [f"hidden_states.{i}" for i in range(config["num_hidden_layers"])]
        names = states + ["last_hidden_state"] + (["text_embeds"] if "projection_dim" in config else [])
        export(f"{folder}/{part}/model.onnx", Text(text).eval(), {"input_ids": tokens("a", 0)}, names)
    write_json(f"{folder}/unet/config.json", model.unet_config)
    words, pooled = model.words("a")
    export(f"{folder}/unet/model.onnx", model.unet, {
        "sample": gaussian((2, 4, 8, 8), 1), "timestep": torch.tensor([5]),
        "encoder_hidden_states": words.repeat(2, 1, 1), "text_embeds": pooled.repeat(2, 1),
        "time_ids": torch.ones(2, 6)}, ["out_sample"])
    for part in ("vae_encoder", "vae_decoder"):
        write_json(f"{folder}/{part}/config.json", model.vae_config)
    vae = model.vae
    export(f"{folder}/vae_encoder/model.onnx", Call(lambda x: vae.quant_conv(vae.encoder(x)), vae),
           {"sample": picture(32, 32, 1)}, ["latent_parameters"])
    export(f"{folder}/vae_decoder/model.onnx", Call(vae.decode, vae),
           {"latent_sample": gaussian((1, 4, 8, 8), 2)}, ["sample"])


def sd2(root):
    unet = {**UNET, "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
            "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
            "attention_head_dim": [2, 4, 4], "cross_attention_dim": 16}
    scheduler = {"_class_name": "DDIMScheduler", "prediction_type": "v_prediction", **SCHEDULER}
    text = text_config(16, 2, 2, "gelu")
    model = Model(500, unet, [text], {**VAE, "scaling_factor": 0.18215}, scheduler, False)
    model.save_folder(f"{root}/diffusers")
    model.save_expected(f"{root}/expected.safetensors", NEGATIVE)
    # Sides that the levels of the network cannot halve evenly: 10 x 6 latents, then 5 x 3, then 3 x 2.
    model.save_expected(f"{root}/expected-uneven.safetensors", NEGATIVE, 40, 24)
    spare = randomise(ClipLayer(text), 520)
    save(f"{root}/single.safetensors", model.single(original_layout.open_clip(
        model.texts[0], "cond_stage_model.model", spare, gaussian((16, 12), 521))))


def sdxl(root):
    unet = {**UNET, "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
            "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
            "attention_head_dim": [2, 4, 4], "transformer_layers_per_block": [1, 1, 2], "cross_attention_dim": 40,
            "addition_embed_type": "text_time", "addition_time_embed_dim": 6,
            "projection_class_embeddings_input_dim": 20 + 36}
    scheduler = {"_class_name": "EulerDiscreteScheduler", "prediction_type": "epsilon", **SCHEDULER}
    texts = [text_config(16, 2, 2, "quick_gelu"), text_config(24, 3, 3, "gelu", 20)]
    model = Model(600, unet, texts, VAE, scheduler, True)
    model.save_folder(f"{root}/diffusers")
    model.save_expected(f"{root}/expected.safetensors", "")
    model.save_expected(f"{root}/expected-uneven.safetensors", "", 40, 24)
    export_all(model, f"{root}/onnx")
    first = {f"conditioner.embedders.0.transformer.{k}": v for k, v in model.texts[0].state_dict().items()}
    first["conditioner.embedders.0.transformer.text_model.embeddings.position_ids"] = torch.arange(77)[None]
    save(f"{root}/single.safetensors", model.single({
        **first, **original_layout.open_clip(model.texts[1], "conditioner.embedders.1.model")}))


with torch.no_grad():
    sd2(f"{sys.argv[1]}/sd2-tiny")
    sdxl(f"{sys.argv[1]}/sdxl-tiny")
