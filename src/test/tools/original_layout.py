"""The original one-file layout of Stable Diffusion: the modules of reference_networks.py under the names and in the order in
which the first software kept them. Written along the lists that software builds, not by renaming."""
import torch

RESNET = {"norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0",
          "conv2": "out_layers.3", "conv_shortcut": "skip_connection"}


def put(target, prefix, module, names=None):
    for name, value in module.state_dict().items():
        head, _, tail = name.partition(".")
        target[f"{prefix}.{names[head] if names else head}.{tail}"] = value


def unet(model, prefix="model.diffusion_model"):
    out, config = {}, model.config
    put(out, f"{prefix}.time_embed", model.time_embedding, {"linear_1": "0", "linear_2": "2"})
    if hasattr(model, "add_embedding"):
        put(out, f"{prefix}.label_emb.0", model.add_embedding, {"linear_1": "0", "linear_2": "2"})
    place = 0

    def single(name, module):
        for key, value in module.state_dict().items():
            out[f"{name}.{key}"] = value

    single(f"{prefix}.input_blocks.0.0", model.conv_in)
    place = 1
    for block in model.down_blocks:
        for i, resnet in enumerate(block.resnets):
            put(out, f"{prefix}.input_blocks.{place}.0", resnet, RESNET)
            if hasattr(block, "attentions"):
                single(f"{prefix}.input_blocks.{place}.1", block.attentions[i])
            place += 1
        if hasattr(block, "downsamplers"):
            single(f"{prefix}.input_blocks.{place}.0.op", block.downsamplers[0].conv)
            place += 1
    put(out, f"{prefix}.middle_block.0", model.mid_block.resnets[0], RESNET)
    single(f"{prefix}.middle_block.1", model.mid_block.attentions[0])
    put(out, f"{prefix}.middle_block.2", model.mid_block.resnets[1], RESNET)
    place = 0
    for block in model.up_blocks:
        for i, resnet in enumerate(block.resnets):
            put(out, f"{prefix}.output_blocks.{place}.0", resnet, RESNET)
            slot = 1
            if hasattr(block, "attentions"):
                single(f"{prefix}.output_blocks.{place}.1", block.attentions[i])
                slot = 2
            if i == len(block.resnets) - 1 and hasattr(block, "upsamplers"):
                single(f"{prefix}.output_blocks.{place}.{slot}.conv", block.upsamplers[0].conv)
            place += 1
    single(f"{prefix}.out.0", model.conv_norm_out)
    single(f"{prefix}.out.2", model.conv_out)
    return out


def autoencoder(model, prefix="first_stage_model"):
    out = {}
    names = {"norm1": "norm1", "conv1": "conv1", "norm2": "norm2", "conv2": "conv2", "conv_shortcut": "nin_shortcut"}

    def single(name, module):
        for key, value in module.state_dict().items():
            out[f"{name}.{key}"] = value

    for side, part in (("encoder", model.encoder), ("decoder", model.decoder)):
        home = f"{prefix}.{side}"
        single(f"{home}.conv_in", part.conv_in)
        single(f"{home}.norm_out", part.conv_norm_out)
        single(f"{home}.conv_out", part.conv_out)
        for i in (0, 1):
            put(out, f"{home}.mid.block_{i + 1}", part.mid_block.resnets[i], names)
        middle = part.mid_block.attentions[0]
        single(f"{home}.mid.attn_1.norm", middle.group_norm)
        for new, layer in (("q", middle.to_q), ("k", middle.to_k), ("v", middle.to_v), ("proj_out", middle.to_out[0])):
            out[f"{home}.mid.attn_1.{new}.weight"] = layer.weight[:, :, None, None]
            out[f"{home}.mid.attn_1.{new}.bias"] = layer.bias
        blocks = part.up_blocks if side == "decoder" else part.down_blocks
        for i, block in enumerate(blocks):
            # The way up is counted from the finest level.
            level = f"up.{len(blocks) - 1 - i}" if side == "decoder" else f"down.{i}"
            for j, resnet in enumerate(block.resnets):
                put(out, f"{home}.{level}.block.{j}", resnet, names)
            for ours, theirs in (("upsamplers", "upsample"), ("downsamplers", "downsample")):
                if hasattr(block, ours):
                    single(f"{home}.{level}.{theirs}.conv", getattr(block, ours)[0].conv)
    single(f"{prefix}.quant_conv", model.quant_conv)
    single(f"{prefix}.post_quant_conv", model.post_quant_conv)
    return out


def open_clip(model, prefix, spare_layer=None, spare_projection=None):
    """spare_layer and spare_projection: what the file of a model has beyond what is read."""
    out, text = {}, model.text_model
    out[f"{prefix}.token_embedding.weight"] = text.embeddings.token_embedding.weight
    out[f"{prefix}.positional_embedding"] = text.embeddings.position_embedding.weight
    out[f"{prefix}.logit_scale"] = torch.tensor(4.6)
    layers = list(text.encoder.layers) + ([spare_layer] if spare_layer is not None else [])
    for i, layer in enumerate(layers):
        home, a = f"{prefix}.transformer.resblocks.{i}", layer.self_attn
        out[f"{home}.attn.in_proj_weight"] = torch.cat([a.q_proj.weight, a.k_proj.weight, a.v_proj.weight])
        out[f"{home}.attn.in_proj_bias"] = torch.cat([a.q_proj.bias, a.k_proj.bias, a.v_proj.bias])
        for new, module in (("attn.out_proj", a.out_proj), ("ln_1", layer.layer_norm1), ("ln_2", layer.layer_norm2),
                            ("mlp.c_fc", layer.mlp.fc1), ("mlp.c_proj", layer.mlp.fc2)):
            out[f"{home}.{new}.weight"], out[f"{home}.{new}.bias"] = module.weight, module.bias
    out[f"{prefix}.ln_final.weight"] = text.final_layer_norm.weight
    out[f"{prefix}.ln_final.bias"] = text.final_layer_norm.bias
    projected = hasattr(model, "text_projection")
    out[f"{prefix}.text_projection"] = model.text_projection.weight.T if projected else spare_projection
    return out
