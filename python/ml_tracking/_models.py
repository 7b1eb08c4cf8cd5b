"""What a model is, as its class's name and its settings. Nothing of what it learned, nothing pickled, nothing huge."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from ._errors import InvalidType
from ._plain import NotPlain, plain_mapping, plain_scalar, shown

_longest_list = 64
_most_layers = 40
_deepest = 12

Settings = dict[str, Any]


def describe_model(model: Any) -> Any:
    """A model as the core takes it: `{"name": ..., "parameters": {...}}`. What is no model goes as it is, to be refused."""
    if isinstance(model, type):
        raise InvalidType(
            f'parameters.model is the class "{model.__name__}", not an instance of it; pass the trained '
            "model object",
            "INVALID_MODEL",
        )
    if inspect.isroutine(model):
        raise InvalidType(
            f'parameters.model is the function "{model.__name__}"; pass the model object itself, '
            'or {"name": ..., "parameters": {...}}',
            "INVALID_MODEL",
        )
    if isinstance(model, (list, tuple, set, frozenset)):
        return []
    if isinstance(model, Mapping):
        return _given(model)
    try:
        return plain_scalar(model)
    except NotPlain:
        return {"name": type(model).__name__, "parameters": _settings(model, 0)}


def _given(model: Mapping[Any, Any]) -> Any:
    try:
        return plain_mapping(model, "parameters.model")
    except NotPlain as what:
        raise InvalidType(str(what), "INVALID_MODEL") from None


def _settings(model: Any, depth: int) -> Settings:
    """The settings of a model by the way in which its library tells them."""
    if _is_instance(model, "torch", "nn.Module"):
        return _module_settings(model)
    if hasattr(model, "get_params"):
        return _estimator_settings(model, depth)
    if _is_instance(model, "xgboost", "Booster"):
        return _leaves(json.loads(model.save_config())["learner"])
    if hasattr(model, "get_config"):
        return _network_settings(model)
    params = getattr(model, "params", None)
    found = params if isinstance(params, Mapping) else _attributes(model)
    return _flat({str(key): value for key, value in found.items()}, depth)


def _is_instance(model: Any, package: str, path: str) -> bool:
    found: Any = sys.modules.get(package)
    for name in path.split("."):
        found = getattr(found, name, None)
    return found is not None and isinstance(model, found)


def _estimator_settings(model: Any, depth: int) -> Settings:
    """scikit-learn's way, which XGBoost, LightGBM, CatBoost and many others share: get_params()."""
    try:
        params = model.get_params(deep=False)
    except TypeError:  # a library's own get_params
        params = model.get_params()
    settings: Settings = {}
    best = getattr(model, "best_estimator_", None)
    for name, value in params.items():
        if best is not None and name == "estimator":
            settings[name] = type(value).__name__  # its settings are those of the best one, below
        else:
            settings.update(_setting(name, value, depth))
    if best is not None:
        settings.update(_setting("best_estimator", best, depth))
    elif isinstance(getattr(model, "best_params_", None), Mapping):
        settings.update(_flat({f"best_params__{key}": value for key, value in model.best_params_.items()}, depth))
    return settings


def _flat(settings: Mapping[str, Any], depth: int) -> Settings:
    flat: Settings = {}
    for name, value in settings.items():
        flat.update(_setting(name, value, depth))
    return flat


def _setting(name: str, value: Any, depth: int) -> Settings:
    """One setting. A model inside becomes its class's name, and its settings follow as `name__setting`."""
    if depth > _deepest:
        return {name: shown(value)}
    if hasattr(value, "get_params") and not isinstance(value, type):
        return {name: type(value).__name__, **_prefixed(name, _settings(value, depth + 1))}
    steps = _steps(value)
    if steps is None:
        return {name: _value(value)}
    settings: Settings = {name: [f"{step}: {_step_name(part)}" for step, part, _ in steps]}
    for step, part, columns in steps:
        if hasattr(part, "get_params"):
            settings.update(_prefixed(step, _settings(part, depth + 1)))
        if columns is not None:
            settings[f"{step}__columns"] = _value(columns)
    return settings


def _prefixed(name: str, settings: Settings) -> Settings:
    return {f"{name}__{key}": value for key, value in settings.items()}


def _step_name(part: Any) -> str:
    return part if isinstance(part, str) else type(part).__name__


def _steps(value: Any) -> list[tuple[str, Any, Any]] | None:
    """The parts of a pipeline, a union, an ensemble or a column transformer: name, estimator and perhaps columns."""
    if not isinstance(value, (list, tuple)) or len(value) == 0:
        return None
    for part in value:
        if not isinstance(part, tuple) or len(part) not in (2, 3) or not isinstance(part[0], str):
            return None
        if not (hasattr(part[1], "get_params") or part[1] is None or part[1] in ("drop", "passthrough")):
            return None
    return [(part[0], part[1], part[2] if len(part) == 3 else None) for part in value]


def _value(value: Any) -> Any:
    """A setting that holds no model, as JSON; what JSON cannot hold, or what is long, in words."""
    try:
        scalar = plain_scalar(value)
        return scalar
    except NotPlain:
        pass
    if isinstance(value, type) or inspect.isroutine(value):
        return getattr(value, "__qualname__", type(value).__name__)
    if callable(value) and isinstance(getattr(value, "__name__", None), str):  # of numpy, such as log1p
        return value.__name__
    if isinstance(value, Mapping):
        if len(value) > _longest_list:
            return shown(value)
        return {str(key): _value(item) for key, item in value.items()}
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and hasattr(value, "tolist"):
        size = 1
        for length in shape:
            size *= length
        return _value(value.tolist()) if size <= _longest_list else shown(value)
    if isinstance(value, (list, tuple, set, frozenset, range)):
        if len(value) > _longest_list:
            return shown(value)
        ordered: Iterable[Any] = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else value
        return [_value(item) for item in ordered]
    if hasattr(value, "get_config") and not isinstance(value, type):
        return type(value).__name__
    if hasattr(value, "get_params"):
        return {"class": type(value).__name__, **_estimator_settings(value, _deepest)}
    return type(value).__name__


def _attributes(model: Any) -> Settings:
    """The public attributes of an object that has no method for its settings; learned ones end in an underscore."""
    held = dict(getattr(model, "__dict__", {}))
    for owner in type(model).__mro__:
        for name in getattr(owner, "__slots__", ()):
            if hasattr(model, name):
                held.setdefault(name, getattr(model, name))
    return {
        name: value
        for name, value in held.items()
        if not name.startswith("_") and not name.endswith("_") and not _is_learned(value)
    }


def _is_learned(value: Any) -> bool:
    if inspect.isroutine(value):
        return True
    return isinstance(getattr(value, "shape", None), tuple) and getattr(value, "shape", ()) != ()


def _network_settings(model: Any) -> Settings:
    """Keras's way: get_config(), a layer at a time, and what the model was compiled with."""
    layers = getattr(model, "layers", None)
    if layers is None:
        return _leaves(model.get_config())
    settings: Settings = {"layers": _counted([type(layer).__name__ for layer in layers])}
    for layer in layers[:_most_layers]:
        try:
            config = layer.get_config()
        except NotImplementedError:  # a layer of the user's own
            config = {}
        settings[layer.name] = type(layer).__name__
        settings.update(_prefixed(layer.name, _layer_settings(config)))
    optimizer = getattr(model, "optimizer", None)
    if optimizer is not None:
        settings["optimizer"] = type(optimizer).__name__
        settings.update(_prefixed("optimizer", _layer_settings(optimizer.get_config())))
    loss = getattr(model, "loss", None)
    if loss is not None:
        settings["loss"] = _value(loss)
    return settings


def _layer_settings(config: Mapping[str, Any]) -> Settings:
    kept: Settings = {}
    for name, value in config.items():
        if name in ("name", "trainable", "dtype", "layers", "build_config", "module", "registered_name") or value is None:
            continue
        if isinstance(value, Mapping):
            value = value.get("class_name", None)
            if value is None:
                continue
        kept[name] = _value(value)
    return kept


def _module_settings(model: Any) -> Settings:
    """torch's way: what each module at the end of the tree prints of itself, by its path."""
    leaves = [(path, part) for path, part in model.named_modules() if path and not list(part.children())]
    settings: Settings = {}
    for name, value in getattr(model, "hparams", {}).items():  # of PyTorch Lightning
        settings.update(_setting(f"hparams__{name}", value, 0))
    for name, value in vars(model).items():
        if not name.startswith("_") and name not in ("training", "hparams") and _is_simple(value):
            settings[name] = value
    settings["layers"] = _counted([type(part).__name__ for _, part in leaves])
    for path, part in leaves[:_most_layers]:
        settings[path] = f"{type(part).__name__}({part.extra_repr()})"
    parameters = list(model.parameters())
    settings["trainable_parameters"] = sum(each.numel() for each in parameters if each.requires_grad)
    settings["frozen_parameters"] = sum(each.numel() for each in parameters if not each.requires_grad)
    return settings


def _is_simple(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float, str))


def _counted(names: list[str]) -> Any:
    """The names in their order, or, of many, how many there are of each."""
    if len(names) <= _most_layers:
        return names
    return {name: names.count(name) for name in dict.fromkeys(names)}


def _leaves(tree: Any, path: str = "") -> Settings:
    """The scalars of a nested configuration, by their paths."""
    if isinstance(tree, Mapping):
        found: Settings = {}
        for key, item in tree.items():
            found.update(_leaves(item, f"{path}__{key}" if path else str(key)))
        return found
    if isinstance(tree, (list, tuple)) and len(tree) > _longest_list:
        return {path: shown(tree)}
    return {path: _value(tree)} if path else {}
