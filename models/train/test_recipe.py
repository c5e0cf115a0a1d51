"""Tests of the recipe that need neither the face model nor a trained network: `python -m pytest`."""
import numpy as np
import pytest

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
    assert np.abs(labels.mean(axis=0) - facs.BASE_RATES).max() < 0.025


def test_labels_follow_intensity():
    rng = np.random.default_rng(3)
    for _ in range(200):
        expression = facs.draw(rng, facs.draw_habit(rng))
        active = expression.labels == 1
        assert (expression.intensity[active] >= facs.LEVEL_B).all()
        assert (expression.intensity[~active] <= facs.TRACE).all()


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
