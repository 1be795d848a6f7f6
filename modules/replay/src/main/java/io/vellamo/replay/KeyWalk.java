package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.persistence.codec.JsonForms;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A visitor of shards that searches each operator for a typed key, and for keys that share a prefix
 * with it.
 */
final class KeyWalk implements ShardScan.Visitor {
  private static final int SIMILAR = 5;
  private static final int PER_LENGTH = 20;

  private final JsonForms forms;
  private final String text;
  private final List<GroupKey> candidates;
  private final @Nullable JsonNode json;
  // Keys by the length of the prefix that they share with the text, longest first.
  private final NavigableMap<Integer, NavigableSet<String>> alike =
      new TreeMap<>(Comparator.reverseOrder());
  // Found keys, in the order of the operators.
  private final Set<GroupKey> found = new LinkedHashSet<>();
  private int operator;
  private boolean foundHere;

  KeyWalk(JsonForms forms, String text) {
    this.forms = forms;
    this.text = text;
    this.candidates = ReplayKey.candidates(text);
    this.json = ReplayKey.json(text);
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    epoch.groups().forEach(change -> look(change.key()));
    epoch.inputs().forEach(inputs -> look(inputs.key()));
    epoch.parks().forEach(change -> look(change.key()));
    return !foundHere;
  }

  @Override
  public void parkedPart(List<ParkChange> parks) {
    parks.forEach(change -> look(change.key()));
  }

  @Override
  public boolean part(SnapshotPart part) {
    part.groups().forEach(group -> look(group.key()));
    return !foundHere;
  }

  /** Sets the operator of the next shard; returns whether the key has already been found there. */
  boolean isFoundIn(int nextOperator) {
    if (operator != nextOperator) {
      operator = nextOperator;
      foundHere = false;
    }
    return foundHere;
  }

  KeySearch result() {
    if (!found.isEmpty()) {
      return new KeySearch(
          found.stream().map(key -> new ReplayKey(key, forms.textOfKey(key))).toList(), List.of());
    }
    return new KeySearch(
        List.of(), alike.values().stream().flatMap(NavigableSet::stream).limit(SIMILAR).toList());
  }

  private void look(GroupKey key) {
    if (foundHere) {
      return;
    }
    if (candidates.contains(key)
        || (json != null && JsonForms.isOfClass(key) && json.equals(forms.ofKey(key)))) {
      foundHere = true;
      found.add(key);
      return;
    }
    String other = forms.textOfKey(key);
    int common = common(other);
    if (common > 0) {
      NavigableSet<String> keys = alike.computeIfAbsent(common, length -> new TreeSet<>());
      keys.add(other);
      if (keys.size() > PER_LENGTH) {
        keys.remove(keys.last());
      }
    }
  }

  private int common(String other) {
    int most = Math.min(text.length(), other.length());
    int common = 0;
    while (common < most
        && Character.toLowerCase(text.charAt(common))
            == Character.toLowerCase(other.charAt(common))) {
      common++;
    }
    return common;
  }
}
