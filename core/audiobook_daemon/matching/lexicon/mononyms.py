"""People of one name, ancient and modern: general vocabulary that keeps them from being read as surnames."""

from __future__ import annotations

from audiobook_daemon.matching.text import words

_NAMES = """
aeschylus aesop apuleius archimedes aristophanes aristotle avicenna averroes boethius buddha caesar catullus cicero
confucius dante demosthenes epictetus epicurus erasmus euclid euripides galen hafez herodotus hesiod hippocrates homer
horace josephus juvenal laozi livy longinus lucian lucretius maimonides martial mencius menander molière montaigne
novalis ovid paracelsus petrarch petronius pindar plato plautus pliny plotinus plutarch polybius propertius
pythagoras quintilian rashi rumi saki sallust sappho seneca socrates sophocles stendhal strabo suetonius sunzi tacitus
terence theophrastus thucydides tibullus vasari virgil vitruvius vyasa voltaire xenophon zhuangzi
adele beyoncé björk bono cher colette drake eminem enya hergé madonna moebius moby nadar pelé pink prince rihanna
ronaldinho sade sapphire seal shakira sia sting usher osho sadhguru
"""

MONONYMS = frozenset(words(_NAMES))
"""Folded as by `words`."""
