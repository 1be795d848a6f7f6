package io.vellamo.persistence.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.SnapshotPart;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks through shards for a key that somebody typed, and for keys that begin alike. */
final class KeyWalk implements ShardScan.Visitor {
  private static final int SIMILAR = 5;
  private static final int PER_LENGTH = 20;

  private final String text;
  private final List<GroupKey> candidates;
  private final @Nullable JsonNode json;
  // By the length of what they have in common with the text, longest first.
  private final NavigableMap<Integer, NavigableSet<String>> alike =
      new TreeMap<>(Comparator.reverseOrder());
  private @Nullable GroupKey found;

  KeyWalk(String text) {
    this.text = text;
    this.candidates = ReplayKey.candidates(text);
    this.json = ReplayKey.json(text);
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    epoch.groups().forEach(change -> look(change.key()));
    epoch.inputs().forEach(inputs -> look(inputs.key()));
    epoch.parks().forEach(change -> look(change.key()));
    return found == null;
  }

  @Override
  public boolean part(SnapshotPart part) {
    part.groups().forEach(group -> look(group.key()));
    return found == null;
  }

  boolean isFound() {
    return found != null;
  }

  KeySearch result() {
    if (found != null) {
      return new KeySearch(new ReplayKey(found), List.of());
    }
    return new KeySearch(
        null, alike.values().stream().flatMap(NavigableSet::stream).limit(SIMILAR).toList());
  }

  private void look(GroupKey key) {
    if (found != null) {
      return;
    }
    if (candidates.contains(key)
        || (json != null
            && key.bytes()[0] == JsonForms.CLASS_KEY
            && json.equals(JsonForms.ofKey(key)))) {
      found = key;
      return;
    }
    String other = JsonForms.textOfKey(key);
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
