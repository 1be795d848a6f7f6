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

        @Override
        public byte[] byName(byte[] bytes, int start) {
          return bytes;
        }
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

  /**
   * Returns the names of the buffers of an aggregation, in the order in which they are written.
   *
   * @param operator the name of the aggregation
   * @return the names; empty if they are not known
   */
  default List<String> buffers(String operator) {
    return List.of();
  }

  /**
   * Returns bytes with the value by name: as they are, unless they continue in a layout.
   *
   * @param bytes the bytes
   * @param start the index at which the value begins
   * @throws io.vellamo.api.SerializationException if the layout is not known, or the value is
   *     damaged
   */
  byte[] byName(byte[] bytes, int start);
}
