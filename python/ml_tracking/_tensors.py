"""Tensors of torch, TensorFlow and JAX, and arrays of CuPy and Numba on a GPU, as numpy arrays."""

from __future__ import annotations

from typing import Any

from ._errors import InvalidValue
from ._foreign import complaint


def on_cpu(values: Any, name: str) -> Any:
    """A tensor as a numpy array, or as a list where this numpy cannot hold it; anything else as it is.

    Raises InvalidValue for one that has no values to read, such as a meta tensor.
    """
    root = root_of(values)
    if root == "torch" and hasattr(values, "detach"):
        return _of_torch(values, name)
    bring = _brought_by.get(root)
    if bring is not None and hasattr(values, bring):
        return getattr(values, bring)()
    if root in ("jax", "jaxlib") or (root == "tensorflow" and hasattr(values, "numpy")):
        import numpy

        return numpy.asarray(values)
    return values


_brought_by = {"cupy": "get", "numba": "copy_to_host"}
"""The method by which what lies on a GPU is brought from there, of packages that do not do so when asked for an array."""


def root_of(value: Any) -> str:
    """The package that a value's class is of."""
    module = type(value).__module__
    return module.partition(".")[0] if isinstance(module, str) else ""


def _of_torch(tensor: Any, name: str) -> Any:
    dtype = str(tensor.dtype)
    if getattr(tensor, "is_meta", False):
        raise InvalidValue(f"{name} is a tensor on the meta device, which has a shape and no values; compute it on a "
                           "real device", "INVALID_ARGUMENT")
    if getattr(tensor, "is_nested", False):
        raise InvalidValue(f"{name} is a nested tensor, whose rows differ in length; give one value a sample, for "
                           "example with torch.cat(tensor.unbind())", "INVALID_ARGUMENT")
    try:
        plain = tensor.detach()
        if getattr(plain, "is_quantized", False):
            plain = plain.dequantize()
        if str(plain.layout) != "torch.strided":
            plain = plain.to_dense()
        plain = plain.cpu()
        if dtype == "torch.bfloat16" or dtype.startswith("torch.float8"):
            plain = plain.float()  # which holds each of their values
        for resolve in ("resolve_conj", "resolve_neg"):
            plain = getattr(plain, resolve, lambda same=plain: same)()
        try:
            return plain.numpy()
        except (RuntimeError, TypeError):  # a torch that was built for another numpy, or a dtype that numpy lacks
            return (plain.reshape(-1) if plain.dim() == 2 and plain.shape[1] == 1 else plain).tolist()
    except Exception as error:
        raise InvalidValue(
            f"{name} is a tensor of {dtype} that cannot be read ({complaint(error)}); convert it, for example with "
            "tensor.float().cpu()",
            "INVALID_ARGUMENT",
        ) from error
