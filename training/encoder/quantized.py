"""The encoder as it would run: ONNX with int8 weights, on one thread, without torch.

python -m training.encoder.quantized --model build/encoder
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

MAX_TOKENS = 24
_NAME = "model.int8.onnx"
_BATCH = 64

Vectors = NDArray[np.float32]


class Encoder:
    """Turns texts into unit vectors; the folder holds the quantized model and tokenizer.json."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(folder / _NAME, options, providers=["CPUExecutionProvider"])
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors (n, 384) of texts, in order; texts of like length go through together."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: Vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for at in range(0, len(order), _BATCH):
            rows = order[at : at + _BATCH]
            read = self._tokenizer.encode_batch([texts[i] for i in rows])
            ids, mask = np.array([x.ids for x in read]), np.array([x.attention_mask for x in read])
            hidden = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            mean = (hidden * mask[:, :, None]).sum(1)
            found[rows] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return found


def export(model_folder: Path, out: Path) -> None:
    """Write the quantized model of a folder and its tokenizer to `out`."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import AutoModel, AutoTokenizer

    class LastLayer(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model: Any = AutoModel.from_pretrained(model_folder, attn_implementation="eager").eval()

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    out.mkdir(parents=True, exist_ok=True)
    tokenizer: Any = AutoTokenizer.from_pretrained(model_folder)
    tokenizer.backend_tokenizer.save(str(out / "tokenizer.json"))
    sample = tokenizer(["chest pain", "acute otitis media of the right ear"], padding=True, return_tensors="pt")
    inputs = ["input_ids", "attention_mask"]
    axes = {0: "texts", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "model.onnx"
        torch.onnx.export(
            LastLayer(),
            tuple(sample[name] for name in inputs),
            str(whole),
            input_names=inputs,
            output_names=["hidden"],
            dynamic_axes=dict.fromkeys((*inputs, "hidden"), axes),
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, out / _NAME, weight_type=QuantType.QInt8)


def main() -> None:
    """Quantize the model of a folder, in place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("build/encoder"))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    export(options.model, options.out or options.model)


if __name__ == "__main__":
    main()
