package io.vellamo.testkit.simulation;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The variables and timers of a group, as plain collections. */
final class OracleVariables {
  /**
   * A value with the time at which it expires, or a timer with the time at which it fires.
   *
   * @param domain the clock of that time; of processing time if it never comes
   */
  record Cell(Object value, TimeDomain domain, long due) {
    boolean isDue(long now) {
      return due != Long.MAX_VALUE && due <= now;
    }
  }

  private static final Set<String> TIMERS =
      Set.of(GeneratedProcessor.EVENT_TIMER.name(), GeneratedProcessor.PROCESSING_TIMER.name());

  private final Map<String, List<Cell>> lists = new TreeMap<>();
  private final Map<String, Map<Object, Cell>> maps = new TreeMap<>();

  OracleVariables copy() {
    OracleVariables copy = new OracleVariables();
    lists.forEach((name, cells) -> copy.lists.put(name, new ArrayList<>(cells)));
    maps.forEach((name, cells) -> copy.maps.put(name, new LinkedHashMap<>(cells)));
    return copy;
  }

  List<Cell> list(String name) {
    return lists.computeIfAbsent(name, none -> new ArrayList<>());
  }

  /** Returns a map, the only value of a variable, or timers by tag, in the order of their keys. */
  Map<Object, Cell> map(String name) {
    return maps.computeIfAbsent(name, none -> new LinkedHashMap<>());
  }

  /** Removes what has expired. */
  void expire(EpochTimes times) {
    lists.values().forEach(cells -> cells.removeIf(cell -> isExpired(cell, times)));
    maps.forEach(
        (name, cells) -> {
          if (!TIMERS.contains(name)) {
            cells.values().removeIf(cell -> isExpired(cell, times));
          }
        });
  }

  private static boolean isExpired(Cell cell, EpochTimes times) {
    return cell.isDue(
        cell.domain() == TimeDomain.PROCESSING_TIME
            ? times.processingTimeMillis()
            : expiryWatermark(times));
  }

  /** Nothing more expires in the epoch that ends time, and everything has expired after it. */
  static long expiryWatermark(EpochTimes times) {
    long watermark = times.watermark().millis();
    return watermark == Long.MAX_VALUE ? times.lateWatermark().millis() : watermark;
  }

  /** Returns the contents of each variable that has any, in order, as text. */
  Map<String, List<String>> contents() {
    Map<String, List<String>> contents = new TreeMap<>();
    lists.forEach(
        (name, cells) -> {
          for (Cell cell : cells) {
            add(contents, name, "", cell.value(), cell.due());
          }
        });
    maps.forEach(
        (name, cells) ->
            cells.forEach((key, cell) -> add(contents, name, key, cell.value(), cell.due())));
    return contents;
  }

  /** Adds an entry of a variable to contents as text. */
  static void add(
      Map<String, List<String>> contents, String name, Object key, Object value, long due) {
    contents.computeIfAbsent(name, none -> new ArrayList<>()).add(key + "=" + value + "@" + due);
  }
}
