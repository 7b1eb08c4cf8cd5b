"""Notices the fits of scikit-learn: methods of the estimators' classes are replaced by ones that tell of their calls."""

from __future__ import annotations

import functools
import inspect
import sys
import threading
import weakref
from typing import Any, Callable, Protocol

from sklearn.base import BaseEstimator  # type: ignore[import-not-found, import-untyped, unused-ignore]

from ._run_ends import status_after
from ._run_writer import warn_of


class Fit(Protocol):
    """Is told of one fit. None of these raises."""

    def started(self, estimator: Any) -> None: ...
    def fitted(self, estimator: Any, X: Any, y: Any) -> None: ...
    def failed(self, error: BaseException, status: str, text: str | None) -> None: ...
    def scored(self, score: Any) -> None: ...


_new_fit: Callable[[Any], Fit] | None = None
_originals: dict[tuple[type, str], Any] = {}
_fits: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
_patching = threading.RLock()


class _Inside(threading.local):
    is_inside = False


_thread = _Inside()


def patch(new_fit: Callable[[Any], Fit]) -> None:
    """Has every fit told of to what `new_fit` returns, of the classes that there are and those that will be."""
    global _new_fit
    with _patching:
        is_on = _new_fit is not None
        _new_fit = new_fit
        if is_on:
            return
        _of_class(BaseEstimator)
        if "__init_subclass__" not in vars(BaseEstimator):
            _originals[BaseEstimator, "__init_subclass__"] = None
            BaseEstimator.__init_subclass__ = classmethod(_subclassed)


def unpatch() -> None:
    """Puts the classes' own methods back."""
    global _new_fit
    with _patching:
        _new_fit = None
        for (kind, name), original in _originals.items():
            if original is None:
                delattr(kind, name)
            else:
                setattr(kind, name, original)
        _originals.clear()


def _subclassed(kind: Any, /, **options: Any) -> None:
    super(BaseEstimator, kind).__init_subclass__(**options)
    with _patching:
        _of_class(kind)


def _of_class(kind: type) -> None:
    """Replaces the methods of a class, of those that it inherits from and of those that inherit from it."""
    for each in kind.__mro__:
        for name, around in (("fit", _fit), ("score", _score)):
            original = vars(each).get(name)
            if original is None or (each, name) in _originals or getattr(each, "_is_protocol", False):
                continue
            _originals[each, name] = original
            setattr(each, name, _around_function(original, around) if inspect.isfunction(original) else _Around(original, around))
    for each in kind.__subclasses__():
        _of_class(each)


def _around_function(original: Any, around: Any) -> Any:
    @functools.wraps(original)
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return around(self, functools.partial(original, self), args, kwargs)

    return method


class _Around:
    """The same for a method that some estimators have only at times, which is a descriptor."""

    def __init__(self, original: Any, around: Any) -> None:
        self._original, self._around = original, around

    def __get__(self, estimator: Any, kind: Any = None) -> Any:
        method = self._original.__get__(estimator, kind)
        if estimator is None:
            return method
        return functools.wraps(method)(lambda *args, **kwargs: self._around(estimator, method, args, kwargs))


def _fit(estimator: Any, call: Any, args: Any, kwargs: Any) -> Any:
    new_fit = _new_fit
    if new_fit is None or _is_inner():
        return call(*args, **kwargs)
    _thread.is_inside = True
    try:
        if not (hasattr(estimator, "predict") or hasattr(estimator, "fit_predict")):
            return call(*args, **kwargs)
        fit = new_fit(estimator)
        fit.started(estimator)
        try:
            result = call(*args, **kwargs)
        except BaseException as error:
            fit.failed(error, *status_after(error))
            raise
        X = args[0] if args else kwargs.get("X")
        fit.fitted(estimator, X, args[1] if len(args) > 1 else kwargs.get("y"))
        _remember(estimator, fit)
        return result
    finally:
        _thread.is_inside = False


def _score(estimator: Any, call: Any, args: Any, kwargs: Any) -> Any:
    fit = None if _new_fit is None or _is_inner() else _fits.get(id(estimator))
    if fit is None:
        return call(*args, **kwargs)
    _thread.is_inside = True
    try:
        score = call(*args, **kwargs)
        fit.scored(score)
        return score
    finally:
        _thread.is_inside = False


def _remember(estimator: Any, fit: Fit) -> None:
    """The fit lives as long as its estimator."""
    try:
        weakref.finalize(estimator, _let_go, fit).atexit = False
        _fits[id(estimator)] = fit
    except TypeError:
        warn_of([f"what a {type(estimator).__name__} scores after its fit is not recorded: nothing can refer to it weakly"])


def _let_go(fit: Fit) -> None:
    """Nothing is left to do: that this held the fit was enough."""


def _is_inner() -> bool:
    """Whether this is a part of another fit or score: it is called by one, or by a worker of scikit-learn's own."""
    if _thread.is_inside:
        return True
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "__call__" and frame.f_globals.get("__name__") == "sklearn.utils.parallel":
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False
