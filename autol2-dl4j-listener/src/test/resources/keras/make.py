#!/usr/bin/python3
"""Writes the networks of KerasImportTest: HDF5 files as model.save("file.h5") of Keras 2 writes them, without Keras.

    python3 make.py

Needs numpy and h5py (Debian: apt-get install python3-h5py). The files are the same each time but for HDF5's own version.

Both networks have 4 inputs, 8 rectified units and 3 classes, and are trained here by plain gradient descent, so that their weights are
those of a trained network. Layout of the files: the attributes keras_version, backend, model_config and training_config of the root; the
group model_weights with the attribute layer_names; in it a group for each layer with the attribute weight_names and the weights.
"""
import json
import os

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def examples(rows, random):
    """Four features, of which the one of the class is one larger."""
    labels = random.integers(0, 3, rows)
    features = random.standard_normal((rows, 4))
    features[np.arange(rows), labels] += 1
    return features, np.eye(3)[labels]


def trained_weights():
    random = np.random.default_rng(1)
    features, labels = examples(256, random)
    w1, b1 = random.standard_normal((4, 8)) * 0.7, np.zeros(8)
    w2, b2 = random.standard_normal((8, 3)) * 0.5, np.zeros(3)
    for _ in range(500):
        hidden = np.maximum(features @ w1 + b1, 0)
        scores = hidden @ w2 + b2
        softmax = np.exp(scores - scores.max(1, keepdims=True))
        softmax /= softmax.sum(1, keepdims=True)
        error = (softmax - labels) / len(labels)
        back = (error @ w2.T) * (hidden > 0)
        w2 -= 0.3 * hidden.T @ error
        b2 -= 0.3 * error.sum(0)
        w1 -= 0.3 * features.T @ back
        b1 -= 0.3 * back.sum(0)
    return {"hidden": (w1, b1), "out": (w2, b2)}


def dense(name, units, activation, regularizer, first=False):
    config = {
        "name": name, "trainable": True, "dtype": "float32", "units": units, "activation": activation, "use_bias": True,
        "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}},
        "bias_initializer": {"class_name": "Zeros", "config": {}},
        "kernel_regularizer": regularizer, "bias_regularizer": None, "activity_regularizer": None,
        "kernel_constraint": None, "bias_constraint": None,
    }
    if first:
        config["batch_input_shape"] = [None, 4]
    return {"class_name": "Dense", "config": config}


def l1l2(l2):
    """As keras.regularizers.l2 is written up to 2.2, and by tf.keras up to 2.2."""
    return {"class_name": "L1L2", "config": {"l1": 0.0, "l2": l2}}


def only_l2(l2):
    """As keras.regularizers.l2 is written from tf.keras 2.3 on."""
    return {"class_name": "L2", "config": {"l2": l2}}


def sequential(regularizer):
    source = {"class_name": "InputLayer", "config": {
        "batch_input_shape": [None, 4], "dtype": "float32", "sparse": False, "ragged": False, "name": "input_1"}}
    return {"class_name": "Sequential", "config": {"name": "sequential", "layers": [
        source, dense("hidden", 8, "relu", regularizer(0.01), first=True), dense("out", 3, "softmax", regularizer(0.002))]}}


def functional(regularizer):
    def node(layer, inputs):
        return {**layer, "name": layer["config"]["name"], "inbound_nodes": [[[name, 0, 0, {}] for name in inputs]] if inputs else []}

    source = {"class_name": "InputLayer", "config": {
        "batch_input_shape": [None, 4], "dtype": "float32", "sparse": False, "ragged": False, "name": "input_1"}}
    return {"class_name": "Functional", "config": {
        "name": "model",
        "layers": [node(source, []),
                   node(dense("hidden", 8, "relu", regularizer(0.01)), ["input_1"]),
                   node(dense("out", 3, "softmax", None), ["hidden"])],
        "input_layers": [["input_1", 0, 0]],
        "output_layers": [["out", 0, 0]]}}


def training(optimizer, **config):
    return {
        "optimizer_config": {"class_name": optimizer, "config": {"name": optimizer, **config}},
        "loss": "categorical_crossentropy", "metrics": ["accuracy"], "weighted_metrics": None, "loss_weights": None}


ADAM = {"learning_rate": 0.01, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07, "amsgrad": False}


def write(name, model, train):
    with h5py.File(os.path.join(HERE, name), "w") as file:
        for where in (file, file.create_group("model_weights")):
            where.attrs["keras_version"] = "2.11.0".encode()
            where.attrs["backend"] = "tensorflow".encode()
        file.attrs["model_config"] = json.dumps(model).encode()
        file.attrs["training_config"] = json.dumps(train).encode()
        weights = file["model_weights"]
        names = ["input_1", "hidden", "out"]
        weights.attrs["layer_names"] = [layer.encode() for layer in names]
        for layer in names:
            group = weights.create_group(layer)
            kinds = [] if layer == "input_1" else [f"{layer}/kernel:0", f"{layer}/bias:0"]
            group.attrs["weight_names"] = [kind.encode() for kind in kinds]
            for kind, values in zip(kinds, WEIGHTS.get(layer, ())):
                group.create_dataset(kind, data=values.astype(np.float32))


WEIGHTS = trained_weights()
write("sequential.h5", sequential(l1l2), training("Adam", decay=0.001, **ADAM))
write("functional.h5", functional(l1l2), training("Adam", decay=0.0, **ADAM))
write("sequential-l2.h5", sequential(only_l2), training("SGD", learning_rate=0.1, decay=0.0, momentum=0.9, nesterov=True))
write("adamw.h5", sequential(l1l2), training("AdamW", weight_decay=0.004, decay=0.0, **ADAM))
