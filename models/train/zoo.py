"""Which networks there are, and what each output of theirs means."""
from dataclasses import dataclass
from typing import Callable

import facs
import monet
import network
import ubernet


@dataclass(frozen=True)
class Output:
    """One output tensor; an occurrence or an intensity has a channel for each of its Action Units."""
    name: str
    kind: str                # a key of objectives.OBJECTIVES
    units: tuple = ()

    @property
    def weight(self):
        """In the training loss. Landmarks, pose and parts count as five Action Units each."""
        return len(self.units) or 5

    def columns(self):
        """The columns of facs.TASKS."""
        return [facs.TASKS.index(unit) for unit in self.units]


@dataclass(frozen=True)
class Entry:
    build: Callable
    outputs: tuple
    model: str               # name of the files and of the generated C


AU12 = (Output("upper_logits", "occurrence", network.UPPER), Output("lower_logits", "occurrence", network.LOWER))
AU8 = (Output("upper_logits", "occurrence", network.UPPER_DISFA), Output("upper_intensity", "intensity", network.UPPER_DISFA),
       Output("lower_logits", "occurrence", network.LOWER_DISFA), Output("lower_intensity", "intensity", network.LOWER_DISFA))
UBERNET = (Output("au_logits", "occurrence", facs.TASKS), Output("landmarks", "landmarks"), Output("pose", "pose"),
           Output("parts", "parts"))

NETWORKS = {
    "au12-mobile": Entry(network.au12, AU12, "au12"),
    "au12-noisy": Entry(network.au12, AU12, "au12_noisy"),
    "au8-intensity": Entry(network.au8, AU8, "au8"),
    "ubernet-mini": Entry(ubernet.ubernet, UBERNET, "ubernet"),
    "monet": Entry(monet.Monet, (Output("logits", "occurrence", monet.TASKS),), "monet"),
}
