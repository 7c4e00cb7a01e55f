"""A ComfyUI folder below `base_path`, which each test sets."""

import os

base_path = ""
models_dir = ""
folder_names_and_paths: dict[str, tuple[list[str], set[str]]] = {}


def get_output_directory():
    return _folder("output")


def get_temp_directory():
    return _folder("temp")


def get_input_directory():
    return _folder("input")


def get_user_directory():
    return _folder("user")


def get_folder_paths(folder_name):
    return [_folder(folder_name)]


def _folder(name):
    folder = os.path.join(base_path, name)
    os.makedirs(folder, exist_ok=True)
    return folder
