package io.vellamo.engine.group;

import java.util.List;

/**
 * The layouts of a query's states and keys whose bytes do not name their parts. The journal holds
 * them, so that they outlive the classes that they were made of.
 *
 * <p><b>Threading</b> Safe to share.
 */
public interface Layouts {
  /** No layouts: all values are written by name. */
  Layouts NONE =
      new Layouts() {
        @Override
        public List<String> own() {
          return List.of();
        }

        @Override
        public void add(List<String> known) {}
      };

  /** Returns the layouts in which this program writes, as texts. */
  List<String> own();

  /**
   * Adds layouts in which values may have been written; those that are known are ignored.
   *
   * @param known the layouts in the journal
   * @throws io.vellamo.api.SerializationException if one of them can't be read
   */
  void add(List<String> known);
}
