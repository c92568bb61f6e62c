"""The networks of the field in plain PyTorch, written from their papers, with the weights' names of the diffusers and
transformers libraries: an independent reference for the graphs that the studio builds.

Sources: Ho et al. 2020, Dhariwal and Nichol 2021 (U-Net), Rombach et al. 2022 (autoencoder, transformer in the U-Net),
van den Oord et al. 2017 (codebook), Radford et al. 2021 (text encoder), Podell et al. 2023 (SDXL).
"""
import math

import torch
import torch.nn.functional as F
from torch import nn


def waves(t, channels, cosines_first=True, shift=0.0):
    half = channels // 2
    frequencies = torch.exp(-math.log(10000.0) * torch.arange(half, dtype=torch.float32) / (half - shift))
    angles = t.float()[:, None] * frequencies[None]
    parts = [torch.cos(angles), torch.sin(angles)] if cosines_first else [torch.sin(angles), torch.cos(angles)]
    return torch.cat(parts, dim=1)


class Holder(nn.Module):
    """A place in the weights' names."""


class Linears(nn.Module):
    """Two layers with a SiLU in between."""

    def __init__(self, inside, outside):
        super().__init__()
        self.linear_1 = nn.Linear(inside, outside)
        self.linear_2 = nn.Linear(outside, outside)

    def forward(self, x):
        return self.linear_2(F.silu(self.linear_1(x)))


class Resnet(nn.Module):
    def __init__(self, inside, outside, groups, eps, time=0, scale_shift=False):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, inside, eps)
        self.conv1 = nn.Conv2d(inside, outside, 3, padding=1)
        self.norm2 = nn.GroupNorm(groups, outside, eps)
        self.conv2 = nn.Conv2d(outside, outside, 3, padding=1)
        self.scale_shift = scale_shift
        if time:
            self.time_emb_proj = nn.Linear(time, outside * (2 if scale_shift else 1))
        if inside != outside:
            self.conv_shortcut = nn.Conv2d(inside, outside, 1)

    def forward(self, x, time=None):
        h = self.conv1(F.silu(self.norm1(x)))
        if time is None:
            h = self.norm2(h)
        else:
            projected = self.time_emb_proj(F.silu(time))[:, :, None, None]
            if self.scale_shift:
                scale, shift = projected.chunk(2, dim=1)
                h = self.norm2(h) * (1 + scale) + shift
            else:
                h = self.norm2(h + projected)
        h = self.conv2(F.silu(h))
        return h + (self.conv_shortcut(x) if hasattr(self, "conv_shortcut") else x)


def attend(q, k, v, heads, mask=None):
    n, _, width = q.shape

    def split(x):
        return x.reshape(n, -1, heads, width // heads).transpose(1, 2)

    scores = split(q) @ split(k).transpose(2, 3) / math.sqrt(width // heads)
    if mask is not None:
        scores = scores + mask
    return (scores.softmax(dim=-1) @ split(v)).transpose(1, 2).reshape(n, -1, width)


class PixelAttention(nn.Module):
    def __init__(self, channels, heads, groups, eps):
        super().__init__()
        self.group_norm = nn.GroupNorm(groups, channels, eps)
        self.to_q = nn.Linear(channels, channels)
        self.to_k = nn.Linear(channels, channels)
        self.to_v = nn.Linear(channels, channels)
        self.to_out = nn.ModuleList([nn.Linear(channels, channels)])
        self.heads = heads

    def forward(self, x):
        h = self.group_norm(x).flatten(2).transpose(1, 2)
        h = self.to_out[0](attend(self.to_q(h), self.to_k(h), self.to_v(h), self.heads))
        return x + h.transpose(1, 2).reshape(x.shape)


class WordAttention(nn.Module):
    def __init__(self, width, context, heads):
        super().__init__()
        self.to_q = nn.Linear(width, width, bias=False)
        self.to_k = nn.Linear(context, width, bias=False)
        self.to_v = nn.Linear(context, width, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(width, width)])
        self.heads = heads

    def forward(self, x, context):
        return self.to_out[0](attend(self.to_q(x), self.to_k(context), self.to_v(context), self.heads))


class Gated(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.proj = nn.Linear(width, 2 * inner)

    def forward(self, x):
        value, gate = self.proj(x).chunk(2, dim=-1)
        return value * F.gelu(gate)


class TransformerBlock(nn.Module):
    def __init__(self, width, context, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attn1 = WordAttention(width, width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.attn2 = WordAttention(width, context, heads)
        self.norm3 = nn.LayerNorm(width)
        self.ff = Holder()
        self.ff.net = nn.ModuleList([Gated(width, 4 * width), nn.Identity(), nn.Linear(4 * width, width)])

    def forward(self, x, words):
        h = self.norm1(x)
        x = x + self.attn1(h, h)
        x = x + self.attn2(self.norm2(x), words)
        h = self.norm3(x)
        for layer in self.ff.net:
            h = layer(h)
        return x + h


class Transformer(nn.Module):
    def __init__(self, channels, context, heads, groups, depth, linear):
        super().__init__()
        self.norm = nn.GroupNorm(groups, channels, 1e-6)
        self.linear = linear
        self.proj_in = nn.Linear(channels, channels) if linear else nn.Conv2d(channels, channels, 1)
        self.transformer_blocks = nn.ModuleList(
            [TransformerBlock(channels, context, heads) for _ in range(depth)])
        self.proj_out = nn.Linear(channels, channels) if linear else nn.Conv2d(channels, channels, 1)

    def forward(self, x, words):
        n, c, height, width = x.shape
        h = self.norm(x)
        if not self.linear:
            h = self.proj_in(h)
        h = h.permute(0, 2, 3, 1).reshape(n, height * width, c)
        if self.linear:
            h = self.proj_in(h)
        for block in self.transformer_blocks:
            h = block(h, words)
        if self.linear:
            h = self.proj_out(h)
        h = h.reshape(n, height, width, c).permute(0, 3, 1, 2)
        return x + (h if self.linear else self.proj_out(h))


class Sampler(nn.Module):
    def __init__(self, channels, stride, padding):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=stride, padding=padding)


class UNet(nn.Module):
    """config: the diffusers library's config.json. Blocks of UNet2DModel and of UNet2DConditionModel."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        channels = config["block_out_channels"]
        self.groups = config["norm_num_groups"]
        self.eps = config.get("norm_eps", 1e-5)
        self.time = 4 * channels[0]
        self.scale_shift = config.get("resnet_time_scale_shift", "default") == "scale_shift"
        self.conv_in = nn.Conv2d(config["in_channels"], channels[0], 3, padding=1)
        self.time_embedding = Linears(channels[0], self.time)
        if config.get("addition_embed_type") == "text_time":
            self.add_embedding = Linears(config["projection_class_embeddings_input_dim"], self.time)
        layers = config["layers_per_block"]
        skips = [channels[0]]
        self.down_blocks = nn.ModuleList()
        inside = channels[0]
        for level, kind in enumerate(config["down_block_types"]):
            block = self.block(level, kind, layers, [inside] + [channels[level]] * (layers - 1))
            inside = channels[level]
            skips += [inside] * layers
            if level < len(channels) - 1:
                block.downsamplers = nn.ModuleList([Sampler(inside, 2, 1)])
                skips.append(inside)
            self.down_blocks.append(block)
        self.mid_block = Holder()
        self.mid_block.resnets = nn.ModuleList([self.resnet(inside, inside) for _ in range(2)])
        self.mid_block.attentions = nn.ModuleList([self.attention(len(channels) - 1, inside)])
        self.up_blocks = nn.ModuleList()
        for i, kind in enumerate(config["up_block_types"]):
            level = len(channels) - 1 - i
            widths = []
            for _ in range(layers + 1):
                widths.append(inside + skips.pop())
                inside = channels[level]
            block = self.block(level, kind, layers + 1, widths)
            if level > 0:
                block.upsamplers = nn.ModuleList([Sampler(inside, 1, 1)])
            self.up_blocks.append(block)
        self.conv_norm_out = nn.GroupNorm(self.groups, channels[0], self.eps)
        self.conv_out = nn.Conv2d(channels[0], config["out_channels"], 3, padding=1)

    def resnet(self, inside, outside):
        return Resnet(inside, outside, self.groups, self.eps, self.time, self.scale_shift)

    def attention(self, level, channels):
        c = self.config
        if "cross_attention_dim" not in c:
            return PixelAttention(channels, channels // c["attention_head_dim"], self.groups, self.eps)
        heads, depth = c["attention_head_dim"], c.get("transformer_layers_per_block", 1)
        return Transformer(
            channels, c["cross_attention_dim"], heads if isinstance(heads, int) else heads[level], self.groups,
            depth if isinstance(depth, int) else depth[level], c.get("use_linear_projection", False))

    def block(self, level, kind, layers, widths):
        block = Holder()
        outside = self.config["block_out_channels"][level]
        block.resnets = nn.ModuleList([self.resnet(width, outside) for width in widths])
        if "Attn" in kind:
            block.attentions = nn.ModuleList([self.attention(level, outside) for _ in range(layers)])
        return block

    def forward(self, x, t, words=None, pooled=None, time_ids=None):
        def layer(block, i, h):
            h = block.resnets[i](h, time)
            if hasattr(block, "attentions"):
                h = block.attentions[i](h) if words is None else block.attentions[i](h, words)
            return h

        first = self.config["block_out_channels"][0]
        time = self.time_embedding(waves(t.reshape(-1).expand(x.shape[0]), first))
        if pooled is not None:
            width = self.config["addition_time_embed_dim"]
            sizes = waves(time_ids.flatten(), width).reshape(x.shape[0], -1)
            time = time + self.add_embedding(torch.cat([pooled, sizes], dim=1))
        h = self.conv_in(x)
        skips = [h]
        for block in self.down_blocks:
            for i in range(len(block.resnets)):
                h = layer(block, i, h)
                skips.append(h)
            if hasattr(block, "downsamplers"):
                h = block.downsamplers[0].conv(h)
                skips.append(h)
        h = self.mid_block.resnets[0](h, time)
        middle = self.mid_block.attentions[0]
        h = middle(h) if words is None else middle(h, words)
        h = self.mid_block.resnets[1](h, time)
        for block in self.up_blocks:
            for i in range(len(block.resnets)):
                h = layer(block, i, torch.cat([h, skips.pop()], dim=1))
            if hasattr(block, "upsamplers"):
                h = F.interpolate(h, size=skips[-1].shape[2:], mode="nearest")
                h = block.upsamplers[0].conv(h)
        return self.conv_out(F.silu(self.conv_norm_out(h)))


class Side(nn.Module):
    """Encoder or decoder of an autoencoder."""

    def __init__(self, config, inside, outside, up):
        super().__init__()
        channels = config["block_out_channels"][:: -1 if up else 1]
        groups, eps = config["norm_num_groups"], 1e-6
        self.conv_in = nn.Conv2d(inside, channels[0], 3, padding=1)
        blocks = nn.ModuleList()
        width = channels[0]
        for level, target in enumerate(channels):
            block = Holder()
            block.resnets = nn.ModuleList()
            for _ in range(config["layers_per_block"] + (1 if up else 0)):
                block.resnets.append(Resnet(width, target, groups, eps))
                width = target
            if level < len(channels) - 1:
                sampler = nn.ModuleList([Sampler(width, 1 if up else 2, 1 if up else 0)])
                setattr(block, "upsamplers" if up else "downsamplers", sampler)
            blocks.append(block)
        setattr(self, "up_blocks" if up else "down_blocks", blocks)
        self.mid_block = Holder()
        middle = channels[0] if up else width
        self.mid_block.resnets = nn.ModuleList([Resnet(middle, middle, groups, eps) for _ in range(2)])
        self.mid_block.attentions = nn.ModuleList([PixelAttention(middle, 1, groups, eps)])
        self.conv_norm_out = nn.GroupNorm(groups, width, eps)
        self.conv_out = nn.Conv2d(width, outside, 3, padding=1)
        self.up = up

    def middle(self, h):
        h = self.mid_block.resnets[0](h)
        return self.mid_block.resnets[1](self.mid_block.attentions[0](h))

    def forward(self, x):
        h = self.conv_in(x)
        if self.up:
            h = self.middle(h)
        for block in self.up_blocks if self.up else self.down_blocks:
            for resnet in block.resnets:
                h = resnet(h)
            if hasattr(block, "upsamplers"):
                h = block.upsamplers[0].conv(F.interpolate(h, scale_factor=2.0, mode="nearest"))
            if hasattr(block, "downsamplers"):
                h = block.downsamplers[0].conv(F.pad(h, (0, 1, 0, 1)))
        if not self.up:
            h = self.middle(h)
        return self.conv_out(F.silu(self.conv_norm_out(h)))


class Autoencoder(nn.Module):
    """AutoencoderKL or VQModel, by the class name in the configuration."""

    def __init__(self, config):
        super().__init__()
        latents = config["latent_channels"]
        self.vq = config["_class_name"] == "VQModel"
        width = config.get("vq_embed_dim") or latents
        moments = latents if self.vq else 2 * latents
        self.latents = width if self.vq else latents
        self.encoder = Side(config, 3, moments, up=False)
        self.quant_conv = nn.Conv2d(moments, width if self.vq else moments, 1)
        if self.vq:
            self.quantize = Holder()
            self.quantize.embedding = nn.Embedding(config["num_vq_embeddings"], width)
        self.post_quant_conv = nn.Conv2d(width if self.vq else latents, latents, 1)
        self.decoder = Side(config, latents, 3, up=True)

    def encode(self, x):
        return self.quant_conv(self.encoder(x))[:, : self.latents]

    def decode(self, z):
        if self.vq:
            codes = self.quantize.embedding.weight
            flat = z.permute(0, 2, 3, 1).reshape(-1, z.shape[1])
            nearest = ((flat[:, None] - codes[None]) ** 2).sum(dim=2).argmin(dim=1)
            z = codes[nearest].reshape(z.shape[0], z.shape[2], z.shape[3], -1).permute(0, 3, 1, 2)
        return self.decoder(self.post_quant_conv(z))


class ClipLayer(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config["hidden_size"]
        self.layer_norm1 = nn.LayerNorm(width)
        self.self_attn = Holder()
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            setattr(self.self_attn, name, nn.Linear(width, width))
        self.layer_norm2 = nn.LayerNorm(width)
        self.mlp = Holder()
        self.mlp.fc1 = nn.Linear(width, config["intermediate_size"])
        self.mlp.fc2 = nn.Linear(config["intermediate_size"], width)
        self.heads = config["num_attention_heads"]
        self.quick = config["hidden_act"] == "quick_gelu"

    def forward(self, x, mask):
        h, a = self.layer_norm1(x), self.self_attn
        x = x + a.out_proj(attend(a.q_proj(h), a.k_proj(h), a.v_proj(h), self.heads, mask))
        h = self.mlp.fc1(self.layer_norm2(x))
        return x + self.mlp.fc2(h * torch.sigmoid(1.702 * h) if self.quick else F.gelu(h))


class ClipText(nn.Module):
    """CLIPTextModel, or CLIPTextModelWithProjection where the architecture says so."""

    def __init__(self, config):
        super().__init__()
        width = config["hidden_size"]
        self.text_model = Holder()
        self.text_model.embeddings = Holder()
        self.text_model.embeddings.token_embedding = nn.Embedding(config["vocab_size"], width)
        self.text_model.embeddings.position_embedding = nn.Embedding(77, width)
        self.text_model.encoder = Holder()
        self.text_model.encoder.layers = nn.ModuleList(
            [ClipLayer(config) for _ in range(config["num_hidden_layers"])])
        self.text_model.final_layer_norm = nn.LayerNorm(width)
        if config["architectures"][0].endswith("WithProjection"):
            self.text_projection = nn.Linear(width, config["projection_dim"], bias=False)

    def forward(self, ids):
        """The normalised end, the states before each layer and after the last, and the projected end of text."""
        m = self.text_model
        x = m.embeddings.token_embedding(ids) + m.embeddings.position_embedding.weight[None]
        mask = torch.full((77, 77), float("-inf")).triu(1)
        states = [x]
        for layer in m.encoder.layers:
            states.append(layer(states[-1], mask))
        last = m.final_layer_norm(states[-1])
        pooled = None
        if hasattr(self, "text_projection"):
            pooled = self.text_projection(last[torch.arange(ids.shape[0]), ids.argmax(dim=1)])
        return last, states, pooled
