"""The reader's network: a small pretrained encoder, and one head per question that says which words decided."""

from __future__ import annotations

import torch
from torch import nn

# Classes per question, in the order of the outputs.
HEADS = {"blame": 7, "target": 5, "hindsight": 2, "pressure": 2, "vague": 4}


class Head(nn.Module):
    """Weighs the words, then adds up what each says: so that a verdict can be led back to its words."""

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.attend = nn.Linear(width, 1)
        self.say = nn.Linear(width, classes)

    def forward(self, words: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        weights = self.attend(words).squeeze(-1).masked_fill(mask == 0, -1e4).softmax(-1)
        said = self.say(words) * weights.unsqueeze(-1)
        return said.sum(1), said


class Network(nn.Module):
    def __init__(self, encoder: nn.Module, width: int = 384) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict({name: Head(width, classes) for name, classes in HEADS.items()})
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
        words = self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return {name: head(words, mask) for name, head in self.heads.items()}


class Exported(nn.Module):
    """What ships: the heads' verdicts side by side, and what each word says for blame."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        out = self.network(ids, mask)
        return torch.cat([out[name][0] for name in HEADS], dim=-1), out["blame"][1]
