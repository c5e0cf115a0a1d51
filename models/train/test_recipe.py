"""Tests of the recipe that need neither the face model nor a trained network: `python -m pytest`."""
import numpy as np
import pytest

import augment
import facs
import metrics
import pack_ict


def test_auc_counts_pairs_and_halves_ties():
    rng = np.random.default_rng(0)
    labels, scores = rng.integers(0, 2, 200), rng.integers(0, 20, 200) / 20
    pairs = [(p > n) + 0.5 * (p == n) for p in scores[labels == 1] for n in scores[labels == 0]]
    assert metrics.auc(labels, scores) == pytest.approx(np.mean(pairs))


def test_best_threshold_is_the_best_of_all_cuts():
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 2, 300)
    probabilities = np.clip(0.3 * labels + rng.random(300) * 0.7, 0, 1)
    threshold = metrics.best_threshold(labels, probabilities)
    best = max(metrics.f1(labels, probabilities >= cut) for cut in probabilities)
    assert metrics.f1(labels, probabilities >= threshold) == pytest.approx(best)


def test_base_rates_are_those_of_bp4d():
    rng = np.random.default_rng(2)
    labels = np.array([facs.draw(rng, facs.draw_habit(rng)).labels for _ in range(6000)])
    assert np.abs(labels.mean(axis=0) - facs.PROFILES["bp4d"]).max() < 0.025


def test_occurrence_is_an_intensity_of_two_or_more():
    rng = np.random.default_rng(3)
    for _ in range(200):
        expression = facs.draw(rng, facs.draw_habit(rng))
        assert (expression.labels == (expression.intensity >= 2)).all()
        assert expression.strength.max() <= 1 and expression.intensity.max() <= 5


def test_every_shape_exists_in_the_face_model():
    for unit in facs.SHAPES:
        assert set(facs.shapes(unit, 1.0)) <= set(pack_ict.NAMES)


def test_pack_reads_obj(tmp_path, monkeypatch):
    monkeypatch.setattr(pack_ict, "VERTICES", 4)
    monkeypatch.setattr(pack_ict, "IDENTITIES", 1)
    monkeypatch.setattr(pack_ict, "NAMES", ["jawOpen"])
    corner = "v {} -2.48251 11.8387\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 9 9 9\n"
    polygons = "f 1/1 2/2 3/3 4/4\nf 1/1 2/2 3/3\nf 3/3 4/4 5/5\n"
    for name, x in (("generic_neutral_mesh", 0), ("jawOpen", 0.5), ("identity000", -0.25)):
        (tmp_path / f"{name}.obj").write_text("# comment\n" + corner.format(x) + polygons)
    pack = pack_ict.pack(tmp_path)
    assert pack["faces"].tolist() == [[0, 1, 2, 3], [0, 1, 2, 2]]
    assert pack["expr"][0, 0].tolist() == [0.5, 0, 0]
    assert pack["ident"][0, 0].tolist() == [-0.25, 0, 0]


def test_flips_happen_as_often_as_asked_and_near_the_boundary():
    rng = np.random.default_rng(4)
    strength = np.array([facs.draw(rng, facs.draw_habit(rng)).strength for _ in range(4000)])
    flips = facs.flip(rng, strength, 0.08)
    assert np.abs(flips.mean(axis=0) - 0.08).max() < 0.02
    near = np.abs(strength - facs.LEVEL_B) < 0.05
    assert flips[near].mean() > 3 * flips[~near].mean()


def test_a_misread_intensity_lies_just_across_the_boundary():
    assert facs.misread(np.array([0, 1, 2, 5, 5]), np.array([1, 1, 1, 1, 0], bool)).tolist() == [2, 2, 1, 1, 5]


def test_a_dropped_jaw_parts_the_lips():
    rng = np.random.default_rng(5)
    labels = np.array([facs.draw(rng, facs.draw_habit(rng)).labels for _ in range(500)])
    jaw, lips = facs.TASKS.index("AU26"), facs.TASKS.index("AU25")
    assert labels[:, jaw].any() and labels[labels[:, jaw] == 1, lips].all()


def test_icc_is_that_of_shrout_and_fleiss():
    # Their table of 1979, judges 1 and 2 of four.
    first, second = np.array([9, 6, 8, 7, 10, 6]), np.array([2, 1, 4, 1, 5, 2])
    between, error = 2 * np.var((first + second) / 2, ddof=1), np.var(first - second, ddof=1) / 2
    assert metrics.icc(first, second) == pytest.approx((between - error) / (between + error))
    assert metrics.icc(first, first + 3) == pytest.approx(1.0)


def test_mirroring_twice_changes_nothing():
    assert (augment.MIRROR[augment.MIRROR] == np.arange(68)).all()


def test_labels_follow_the_image():
    image = np.zeros((1, 64, 64), np.uint8)
    image[0, 20:24, 40:44] = 255                  # centre at x = 42, y = 22
    parts = image[:, ::2, ::2] // 255
    marks = np.tile(np.array([42, 22], np.float32) / 64, (1, 68, 1))
    for seed in range(20):
        moved, targets = augment.augment(image, {"parts": parts, "landmarks": marks}, np.random.default_rng(seed))
        rows, columns = np.nonzero(moved[0, :, :, 0] == moved.max())
        assert targets["landmarks"][0, 0] * 64 == pytest.approx([columns.mean() + 0.5, rows.mean() + 0.5])
        rows, columns = np.nonzero(targets["parts"][0])
        assert targets["landmarks"][0, 0] * 32 == pytest.approx([columns.mean() + 0.5, rows.mean() + 0.5])
