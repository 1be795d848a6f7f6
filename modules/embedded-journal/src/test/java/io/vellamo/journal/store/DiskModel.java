package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a disk can hold after a loss of power, by the file operations that came before.
 *
 * <p>An operation counts for certain once a sync of its file, or for entries of its directory, has
 * begun later and has ended. What came since may be there or not.
 */
final class DiskModel {
  private static final int SECTOR = 512;

  /** A file or directory. */
  private static final class Node {
    final boolean isDirectory;
    // What happened to the content of a file, and how much of that is synced.
    final List<FileOperation> changes = new ArrayList<>();
    int synced;
    // What happened to the entries of a directory: the node that a name has had, null for no node.
    final Map<String, List<@Nullable Node>> entries = new TreeMap<>();

    Node(boolean isDirectory) {
      this.isDirectory = isDirectory;
    }

    void enter(String name, @Nullable Node node) {
      entries.computeIfAbsent(name, key -> none()).add(node);
    }

    private static List<@Nullable Node> none() {
      List<@Nullable Node> none = new ArrayList<>();
      none.add(null);
      return none;
    }

    @Nullable Node entry(String name) {
      List<@Nullable Node> values = entries.get(name);
      return values == null ? null : values.get(values.size() - 1);
    }
  }

  private final Path root;
  private final Node rootNode = new Node(true);
  // By the operation that ends the sync: how many changes it covers, or which entries.
  private final Map<Integer, Runnable> syncs = new HashMap<>();
  private int done;

  /** Creates a disk whose only directory is the given one. */
  DiskModel(Path root) {
    this.root = root;
  }

  /** Applies operations, in the order of their ends. */
  void apply(List<FileOperation> operations) {
    for (FileOperation operation : operations) {
      apply(operation);
    }
  }

  private void apply(FileOperation operation) {
    if (operation instanceof FileOperation.MakeDirectory made) {
      parent(made.path()).enter(name(made.path()), new Node(true));
    } else if (operation instanceof FileOperation.Create create) {
      if (node(create.path()) == null) {
        parent(create.path()).enter(name(create.path()), new Node(false));
      }
    } else if (operation instanceof FileOperation.Write write) {
      known(write.path()).changes.add(write);
    } else if (operation instanceof FileOperation.Resize resize) {
      known(resize.path()).changes.add(resize);
    } else if (operation instanceof FileOperation.BeginSync begin) {
      begin(begin);
    } else if (operation instanceof FileOperation.EndSync end) {
      requireNonNull(syncs.remove(end.id())).run();
    } else if (operation instanceof FileOperation.Rename rename) {
      Node moved = node(rename.from());
      parent(rename.from()).enter(name(rename.from()), null);
      parent(rename.to()).enter(name(rename.to()), moved);
    } else if (operation instanceof FileOperation.Remove remove) {
      parent(remove.path()).enter(name(remove.path()), null);
    }
    done++;
  }

  private void begin(FileOperation.BeginSync begin) {
    Node node = node(begin.path());
    if (node == null) {
      syncs.put(begin.id(), () -> {});
      return;
    }
    int changes = node.changes.size();
    Map<String, @Nullable Node> entries = new HashMap<>();
    node.entries.forEach((name, values) -> entries.put(name, values.get(values.size() - 1)));
    syncs.put(
        begin.id(),
        () -> {
          node.synced = Math.max(node.synced, changes);
          entries.forEach(
              (name, value) -> {
                List<@Nullable Node> values = requireNonNull(node.entries.get(name));
                int place = values.lastIndexOf(value);
                values.subList(0, place).clear();
              });
        });
  }

  /** Writes everything that was done, as after the death of the process. */
  void writeAll(Path target) throws IOException {
    write(rootNode, target, new Everything());
  }

  /** Writes what is there after a loss of power. */
  void writeAfterPowerLoss(Path target, Random random) throws IOException {
    write(rootNode, target, new Chance(random));
  }

  private static void write(Node directory, Path target, Chooser chooser) throws IOException {
    Files.createDirectories(target);
    for (Map.Entry<String, List<@Nullable Node>> entry : directory.entries.entrySet()) {
      Node node = chooser.entry(entry.getValue());
      Path path = target.resolve(entry.getKey());
      if (node != null && node.isDirectory) {
        write(node, path, chooser);
      } else if (node != null) {
        Files.write(path, content(node, chooser));
      }
    }
  }

  private static byte[] content(Node file, Chooser chooser) {
    byte[] content = new byte[0];
    for (int i = 0; i < file.changes.size(); i++) {
      FileOperation change = file.changes.get(i);
      if (change instanceof FileOperation.Resize resize) {
        if (i < file.synced || chooser.isResized()) {
          content = Arrays.copyOf(content, resize.size());
        }
      } else if (change instanceof FileOperation.Write write) {
        byte[] bytes = i < file.synced ? write.bytes() : chooser.written(write.bytes());
        if (bytes.length > 0) {
          int end = (int) write.position() + bytes.length;
          content = end > content.length ? Arrays.copyOf(content, end) : content;
          byte[] before = Arrays.copyOfRange(content, (int) write.position(), end);
          System.arraycopy(
              i < file.synced ? bytes : chooser.mixed(before, bytes),
              0,
              content,
              (int) write.position(),
              bytes.length);
        }
      }
    }
    return content;
  }

  private Node parent(Path path) {
    return known(requireNonNull(path.getParent()));
  }

  private Node known(Path path) {
    Node node = node(path);
    if (node == null) {
      throw new AssertionError("no " + path + " after " + done + " operations");
    }
    return node;
  }

  private @Nullable Node node(Path path) {
    if (path.equals(root)) {
      return rootNode;
    }
    @Nullable Node node = rootNode;
    for (Path name : root.relativize(path)) {
      node = node == null ? null : node.entry(name.toString());
    }
    return node;
  }

  private static String name(Path path) {
    return requireNonNull(path.getFileName()).toString();
  }

  /** What becomes of things that are not synced. */
  private interface Chooser {
    @Nullable Node entry(List<@Nullable Node> values);

    boolean isResized();

    byte[] written(byte[] bytes);

    byte[] mixed(byte[] before, byte[] bytes);
  }

  private static final class Everything implements Chooser {
    @Override
    public @Nullable Node entry(List<@Nullable Node> values) {
      return values.get(values.size() - 1);
    }

    @Override
    public boolean isResized() {
      return true;
    }

    @Override
    public byte[] written(byte[] bytes) {
      return bytes;
    }

    @Override
    public byte[] mixed(byte[] before, byte[] bytes) {
      return bytes;
    }
  }

  /** Everything that is not synced is there, or not, or in part, each for itself. */
  private static final class Chance implements Chooser {
    private final Random random;

    Chance(Random random) {
      this.random = random;
    }

    @Override
    public @Nullable Node entry(List<@Nullable Node> values) {
      return values.get(random.nextInt(values.size()));
    }

    @Override
    public boolean isResized() {
      return random.nextBoolean();
    }

    @Override
    public byte[] written(byte[] bytes) {
      int kind = random.nextInt(4);
      if (kind == 0) {
        return new byte[0];
      }
      return kind == 1 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    /** Some sectors are zero, as the size was written and they were not, or as they were. */
    @Override
    public byte[] mixed(byte[] before, byte[] bytes) {
      byte[] mixed = bytes.clone();
      if (random.nextBoolean()) {
        return mixed;
      }
      boolean zeros = random.nextBoolean();
      for (int sector = 0; sector < mixed.length; sector += SECTOR) {
        if (random.nextInt(3) == 0) {
          int end = Math.min(mixed.length, sector + SECTOR);
          if (zeros) {
            Arrays.fill(mixed, sector, end, (byte) 0);
          } else {
            System.arraycopy(before, sector, mixed, sector, end - sector);
          }
        }
      }
      return mixed;
    }
  }
}
