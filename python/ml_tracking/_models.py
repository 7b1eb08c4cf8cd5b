"""What a model is, as its class's name and its settings. Nothing of what it learned, nothing pickled, nothing huge."""

from __future__ import annotations

import functools
import inspect
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from ._errors import InvalidType, TrackingError
from ._foreign import complaint
from ._plain import NotPlain, plain_scalar, shown
from ._recorded import Recorder, partial_of
from ._tensors import root_of

_longest_list = 64
_most_layers = 40
_deepest = 12

Settings = dict[str, Any]


def describe_model(model: Any, recorder: Recorder) -> Any:
    """A model as the core takes it: `{"name": ..., "parameters": {...}}`. What is no model goes as it is, to be refused.

    One whose settings cannot be read is its class's name alone, with a warning.
    """
    try:
        return _described(_unwrapped(model), recorder)
    except TrackingError:
        raise
    except Exception as error:
        name = type(model).__name__
        recorder.warnings.append(
            f"parameters.model is a {name} whose settings cannot be read ({complaint(error)}); recorded by its class's name alone"
        )
        return {"name": name, "parameters": {}}


def _described(model: Any, recorder: Recorder) -> Any:
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
        return {
            name: recorder.recorded(model[key], "parameters.model" if name == "parameters" else f"parameters.model.{name}")
            for key, name in recorder.names(model, "parameters.model")
        }
    if isinstance(model, functools.partial):
        function, arguments = partial_of(model)
        return {"name": function, "parameters": _flat(arguments, 0, recorder)}
    try:
        return plain_scalar(model)
    except NotPlain:
        return {"name": _class_name(model), "parameters": _settings(model, 0, recorder)}


def _unwrapped(model: Any) -> Any:
    """The model inside of what torch wraps around it: torch.compile, DataParallel, DistributedDataParallel and the like."""
    for _ in range(10):
        if root_of(model) not in ("torch", "lightning", "lightning_fabric", "accelerate"):
            return model
        inside = getattr(model, "_orig_mod" if type(model).__name__ == "OptimizedModule" else "module", None)
        if inside is None or not _is_instance(inside, "torch", "nn.Module"):
            return model
        model = inside
    return model


def _class_name(model: Any) -> str:
    original = getattr(model, "original_name", None)  # of what torch.jit made a script of
    return original if isinstance(original, str) and root_of(model) == "torch" else type(model).__name__


def _settings(model: Any, depth: int, recorder: Recorder) -> Settings:
    """The settings of a model by the way in which its library tells them."""
    if _is_instance(model, "torch", "nn.Module"):
        return _module_settings(model, recorder)
    if hasattr(model, "get_params"):
        return _estimator_settings(model, depth, recorder)
    if _is_instance(model, "xgboost", "Booster"):
        return _leaves(json.loads(model.save_config())["learner"], recorder)
    if hasattr(model, "get_config"):
        return _network_settings(model, recorder)
    params = getattr(model, "params", None)
    found = params if isinstance(params, Mapping) else _attributes(model, recorder)
    return _flat({name: found[key] for key, name in recorder.names(found, "parameters.model")}, depth, recorder)


def _is_instance(model: Any, package: str, path: str) -> bool:
    found: Any = sys.modules.get(package)
    for name in path.split("."):
        found = getattr(found, name, None)
    return found is not None and isinstance(model, found)


def _estimator_settings(model: Any, depth: int, recorder: Recorder) -> Settings:
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
            settings.update(_setting(name, value, depth, recorder))
            if _is_nan(value) and _is_nan(_default(model, name)):
                settings[name] = "NaN"  # as the library has it, which is nothing to warn of
    if best is not None:
        settings.update(_setting("best_estimator", best, depth, recorder))
    elif isinstance(getattr(model, "best_params_", None), Mapping):
        best_params = {f"best_params__{key}": value for key, value in model.best_params_.items()}
        settings.update(_flat(best_params, depth, recorder))
    return settings


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and value != value


def _default(model: Any, name: str) -> Any:
    """What an estimator's class, or one that it extends, has a parameter at by default; None where none says."""
    for owner in type(model).__mro__:
        init = owner.__dict__.get("__init__")
        if not inspect.isfunction(init):
            continue
        init = inspect.unwrap(init)
        named = init.__code__.co_varnames[: init.__code__.co_argcount]
        positional = init.__defaults__ or ()
        defaults = {**dict(zip(named[len(named) - len(positional) :], positional)), **(init.__kwdefaults__ or {})}
        if name in defaults:
            return defaults[name]
    return None


def _flat(settings: Mapping[str, Any], depth: int, recorder: Recorder) -> Settings:
    flat: Settings = {}
    for name, value in settings.items():
        flat.update(_setting(name, value, depth, recorder))
    return flat


def _setting(name: str, value: Any, depth: int, recorder: Recorder) -> Settings:
    """One setting, which costs no other one if it cannot be read."""
    try:
        return _read_setting(name, value, depth, recorder)
    except Exception as error:
        why = f"which cannot be read ({complaint(error)})"
        return {name: recorder.text(value, f"parameters.model.{name}", why)}


def _read_setting(name: str, value: Any, depth: int, recorder: Recorder) -> Settings:
    """A model inside becomes its class's name, and its settings follow as `name__setting`; a partial its function's name."""
    if depth > _deepest:
        return {name: shown(value)}
    if isinstance(value, functools.partial):
        function, arguments = partial_of(value)
        return {name: function, **_prefixed(name, _flat(arguments, depth + 1, recorder))}
    if isinstance(value, Mapping):
        return {name: _value(value, name, recorder)}
    if hasattr(value, "get_params") and not isinstance(value, type):
        return {name: type(value).__name__, **_prefixed(name, _settings(value, depth + 1, recorder))}
    steps = _steps(value)
    if steps is None:
        return {name: _value(value, name, recorder)}
    settings: Settings = {name: [f"{step}: {_step_name(part)}" for step, part, _ in steps]}
    for step, part, columns in steps:
        if hasattr(part, "get_params"):
            settings.update(_prefixed(step, _settings(part, depth + 1, recorder)))
        if columns is not None:
            settings[f"{step}__columns"] = _value(columns, f"{step}__columns", recorder)
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


def _value(value: Any, name: str, recorder: Recorder) -> Any:
    """A setting that holds no model, as JSON; what JSON cannot hold, or what is long, in words."""
    if isinstance(value, Mapping):  # first, since its attributes may be its members
        if len(value) > _longest_list:
            return shown(value)
        names = recorder.names(value, f"parameters.model.{name}")
        return {text: _value(value[key], f"{name}.{text}", recorder) for key, text in names}
    try:
        return plain_scalar(value)
    except NotPlain:
        pass
    if isinstance(value, type) or inspect.isroutine(value):
        return getattr(value, "__qualname__", type(value).__name__)
    if callable(value) and isinstance(getattr(value, "__name__", None), str):  # of numpy, such as log1p
        return value.__name__
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and hasattr(value, "tolist"):
        size = 1
        for length in shape:
            size *= length
        return _value(value.tolist(), name, recorder) if size <= _longest_list else shown(value)
    if isinstance(value, (list, tuple, set, frozenset, range)):
        if len(value) > _longest_list:
            return shown(value)
        ordered: Iterable[Any] = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else value
        return [_value(item, f"{name}[{i}]", recorder) for i, item in enumerate(ordered)]
    if hasattr(value, "get_config") and not isinstance(value, type):
        return type(value).__name__
    if hasattr(value, "get_params"):
        return {"class": type(value).__name__, **_estimator_settings(value, _deepest, recorder)}
    if _is_instance(value, "torch", "nn.Module"):
        return type(value).__name__
    return recorder.recorded(value, f"parameters.model.{name}")


def _attributes(model: Any, recorder: Recorder) -> Settings:
    """The public attributes of an object that has no method for its settings; learned ones end in an underscore."""
    held = {str(name): value for name, value in dict(getattr(model, "__dict__", {})).items()}
    for owner in type(model).__mro__:
        slots = owner.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            try:
                held.setdefault(name, getattr(model, name))
            except AttributeError:  # it was never set
                pass
            except Exception as error:
                recorder.warnings.append(f"parameters.model.{name} cannot be read ({complaint(error)}); it is not recorded")
    return {
        name: value
        for name, value in held.items()
        if not name.startswith("_") and not name.endswith("_") and not _is_learned(value)
    }


def _is_learned(value: Any) -> bool:
    try:
        if inspect.isroutine(value):
            return True
        shape = getattr(value, "shape", None)
    except Exception:
        return False  # what it is becomes text
    return isinstance(shape, tuple) and shape != ()


def _network_settings(model: Any, recorder: Recorder) -> Settings:
    """Keras's way: get_config(), a layer at a time, and what the model was compiled with."""
    layers = getattr(model, "layers", None)
    if layers is None:
        return _leaves(model.get_config(), recorder)
    settings: Settings = {"layers": _counted([type(layer).__name__ for layer in layers])}
    for layer in layers[:_most_layers]:
        try:
            config = layer.get_config()
        except NotImplementedError:  # a layer of the user's own
            config = {}
        settings[layer.name] = type(layer).__name__
        settings.update(_prefixed(layer.name, _layer_settings(config, recorder)))
    optimizer = getattr(model, "optimizer", None)
    if optimizer is not None:
        settings["optimizer"] = type(optimizer).__name__
        settings.update(_prefixed("optimizer", _layer_settings(optimizer.get_config(), recorder)))
    loss = getattr(model, "loss", None)
    if loss is not None:
        settings["loss"] = _value(loss, "loss", recorder)
    return settings


def _layer_settings(config: Mapping[str, Any], recorder: Recorder) -> Settings:
    kept: Settings = {}
    for name, value in config.items():
        if name in ("name", "trainable", "dtype", "layers", "build_config", "module", "registered_name") or value is None:
            continue
        if isinstance(value, Mapping):
            value = value.get("class_name", None)
            if value is None:
                continue
        kept[name] = _value(value, name, recorder)
    return kept


def _module_settings(model: Any, recorder: Recorder) -> Settings:
    """torch's way: what each module at the end of the tree prints of itself, by its path."""
    leaves = [(path, part) for path, part in model.named_modules() if path and not list(part.children())]
    settings: Settings = {}
    for name, value in getattr(model, "hparams", {}).items():  # of PyTorch Lightning
        settings.update(_setting(f"hparams__{name}", value, 0, recorder))
    for name, value in vars(model).items():
        if not name.startswith("_") and name not in ("training", "hparams") and _is_simple(value):
            settings[name] = value
    settings["layers"] = _counted([_class_name(part) for _, part in leaves])
    for path, part in leaves[:_most_layers]:
        settings[path] = f"{_class_name(part)}({part.extra_repr()})"
    parameters = list(model.parameters())
    try:
        settings["trainable_parameters"] = sum(each.numel() for each in parameters if each.requires_grad)
        settings["frozen_parameters"] = sum(each.numel() for each in parameters if not each.requires_grad)
    except ValueError:  # of a lazy layer that never saw a value
        recorder.warnings.append("parameters.model has layers that never saw a value; their sizes are not recorded")
    return settings


def _is_simple(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float, str))


def _counted(names: list[str]) -> Any:
    """The names in their order, or, of many, how many there are of each."""
    if len(names) <= _most_layers:
        return names
    return {name: names.count(name) for name in dict.fromkeys(names)}


def _leaves(tree: Any, recorder: Recorder, path: str = "") -> Settings:
    """The scalars of a nested configuration, by their paths."""
    if isinstance(tree, Mapping):
        found: Settings = {}
        for key, item in tree.items():
            found.update(_leaves(item, recorder, f"{path}__{key}" if path else str(key)))
        return found
    if isinstance(tree, (list, tuple)) and len(tree) > _longest_list:
        return {path: shown(tree)}
    return {path: _value(tree, path, recorder)} if path else {}
