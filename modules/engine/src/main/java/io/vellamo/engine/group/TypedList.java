package io.vellamo.engine.group;

import io.vellamo.api.process.ListState;
import io.vellamo.engine.variable.SlotEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of a variable during a call. */
record TypedList<S>(TypedSlot slot, StateCodec<S> codec) implements ListState<S> {
  @Override
  public void append(S element) {
    slot.append(written(element));
  }

  @Override
  public void appendAll(Iterable<? extends S> elements) {
    // All of them first: elements may be this list, and none is added if one can't be written.
    written(elements).forEach(slot::append);
  }

  @Override
  public void replaceWith(Iterable<? extends S> elements) {
    List<byte[]> written = written(elements);
    slot.clear();
    written.forEach(slot::append);
  }

  private List<byte[]> written(Iterable<? extends S> elements) {
    List<byte[]> written = new ArrayList<>();
    elements.forEach(element -> written.add(written(element)));
    return written;
  }

  private byte[] written(@Nullable S element) {
    if (element == null) {
      throw new IllegalArgumentException("element must not be null; leave it out");
    }
    return codec.write(element);
  }

  @Override
  public void keepLast(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("most must not be negative, was [%d]".formatted(most));
    }
    int dropped = slot.size() - most;
    if (most == 0) {
      slot.clear();
    } else if (dropped > 0) {
      Iterator<SlotEntry> entries = slot.entries(entry -> entry);
      for (int i = 0; i < dropped; i++) {
        entries.next();
      }
      slot.change().dropUntil(entries.next().number());
    }
  }

  @Override
  public Iterator<S> iterator() {
    return slot.entries(entry -> codec.read(entry.value()));
  }

  @Override
  public int size() {
    return slot.size();
  }

  @Override
  public void clear() {
    slot.clear();
  }
}
