"""Pictures load bit for bit as ComfyUI's own Load Image loads them, where a real ComfyUI is at hand."""

import os
import subprocess

import numpy as np
import pytest
from conftest import part
from PIL import Image

pytestmark = pytest.mark.skipif(
    not (os.environ.get("COMFYUI_DIR") and os.environ.get("COMFYUI_PYTHON")),
    reason="COMFYUI_DIR and COMFYUI_PYTHON do not name a ComfyUI",
)

LOAD_ALL = """
import os, sys
from comfy.cli_args import args
args.cpu = True
import numpy, nodes, folder_paths
folder = sys.argv[1]
folder_paths.set_input_directory(folder)
for name in sorted(os.listdir(folder)):
    image, mask = nodes.LoadImage().load_image(name)
    numpy.savez(os.path.join(sys.argv[2], name), image=image.numpy(), mask=mask.numpy())
"""


def corpus(folder):
    """A picture of each kind that Pillow writes."""
    random = np.random.default_rng(11)
    rgba = Image.fromarray(random.integers(0, 256, (24, 17, 4), dtype=np.uint8))
    rgb = rgba.convert("RGB")
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        if mode == "I;16":
            picture = Image.fromarray(random.integers(0, 65536, (9, 7), dtype=np.uint16))
        else:
            picture = rgba.convert(mode)
        picture.save(folder / f"{mode.replace(';', '_')}.png")
    rgb.quantize(16).save(folder / "palette.png", transparency=3)
    rgb.quantize(16).save(folder / "palette.gif", transparency=3)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        rgb.save(folder / f"turned_{orientation}.jpg", exif=exif)
    rgb.save(folder / "lossy.webp", quality=80)
    rgba.save(folder / "alpha.webp", lossless=True)
    rgb.convert("CMYK").save(folder / "cmyk.jpg")
    rgb.convert("L").save(folder / "grey.jpg")
    rgb.save(folder / "plain.bmp")
    rgb.convert("F").save(folder / "float.tiff")
    rgb.convert("I").save(folder / "integers.tiff")
    frames = [Image.new("RGB", (6, 4), (shade, 9, 200)) for shade in (0, 90, 180)]
    for name in ("frames.gif", "frames.webp", "frames.tiff", "frames.png"):
        frames[0].save(folder / name, save_all=True, append_images=frames[1:])
    frames[0].save(folder / "sizes.tiff", save_all=True, append_images=[rgb, frames[2]])
    rgb.save(folder / "stereo.mpo", save_all=True, append_images=[rgb.rotate(180)])


def test_every_kind_of_picture_is_the_same(tmp_path):
    pictures, theirs = tmp_path / "pictures", tmp_path / "theirs"
    pictures.mkdir()
    theirs.mkdir()
    corpus(pictures)
    environment = {**os.environ, "PYTHONPATH": os.environ["COMFYUI_DIR"]}
    done = subprocess.run(
        [os.environ["COMFYUI_PYTHON"], "-c", LOAD_ALL, str(pictures), str(theirs)],
        cwd=os.environ["COMFYUI_DIR"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    compared = 0
    for file in sorted(pictures.iterdir()):
        image, mask = part("pictures").load_picture(file, file.name)
        with np.load(theirs / f"{file.name}.npz") as wanted:
            assert image.dtype == wanted["image"].dtype and mask.dtype == wanted["mask"].dtype, file.name
            if "I_16" in file.name:
                assert wanted["image"].max() == wanted["image"].mean() == 1, "core makes all of it white"
                assert 0.3 < image.mean() < 0.7
            else:
                assert np.array_equal(image, wanted["image"]), file.name
            assert np.array_equal(mask, wanted["mask"]), file.name
        compared += 1
    assert compared >= 25
