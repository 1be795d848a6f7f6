package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import io.vellamo.journal.store.StoreSettings.Compression;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/**
 * The open RocksDB of a store with its column families.
 *
 * <p><b>Threading</b> safe to share, but must not be used during or after {@link #close}: the
 * native library would crash the JVM.
 */
final class RocksFiles implements AutoCloseable {

  private static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.UTF_8);
  private static final long FORMAT = 1;

  private static final int KEPT_LOGS = 5;
  private static final long LOG_BYTES = 1 << 20;
  private static final int OPEN_FILES = 256;
  private static final int FILTER_BITS_PER_KEY = 10;

  /**
   * Values of at least this size are kept in blob files, which compaction rewrites only to reclaim
   * space.
   */
  private static final long BLOB_BYTES = 64 << 10;

  /** Maximum size of the log, in write buffers, before rarely written families are flushed. */
  private static final int LOGGED_WRITE_BUFFERS = 4;

  /** Resources to close, in reverse order of creation. */
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
  private final RocksDB db;
  private final WriteOptions writeOptions;

  private RocksFiles(StoreSettings settings, Path directory, Opening opening)
      throws RocksDBException {
    boolean open = false;
    try {
      DBOptions options = keep(dbOptions(settings, opening == Opening.CREATE, hasLog(directory)));
      ColumnFamilyOptions familyOptions = familyOptions(settings);
      List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      for (Family family : Family.values()) {
        descriptors.add(new ColumnFamilyDescriptor(family.storedName(), familyOptions));
      }
      String path = directory.toString();
      db =
          keep(
              opening == Opening.READ_ONLY
                  ? RocksDB.openReadOnly(options, path, descriptors, handles)
                  : RocksDB.open(options, path, descriptors, handles));
      for (Family family : Family.values()) {
        families.put(family, keep(handles.remove(0)));
      }
      writeOptions = keep(new WriteOptions().setSync(settings.sync()));
      if (opening != Opening.READ_ONLY) {
        checkFormat(opening);
      }
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  /**
   * Returns whether there is a log. A power loss can remove the directory entry of a log that is
   * still empty, and RocksDB refuses files without a log if it tracks logs. The caller then checks
   * for missing updates.
   */
  private static boolean hasLog(Path directory) {
    String[] logs = directory.toFile().list((parent, name) -> name.endsWith(".log"));
    return logs != null && logs.length > 0;
  }

  static RocksFiles open(StoreSettings settings, Path directory, Opening opening)
      throws RocksDBException {
    loadLibrary();
    return new RocksFiles(settings, directory, opening);
  }

  /** Loads the native library, which RocksDB unpacks into the directory for temporary files. */
  private static void loadLibrary() {
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      throw new JournalStoreException(
          String.format(
              "The native library of RocksDB must load, found [%s]; set the environment variable"
                  + " ROCKSDB_SHAREDLIB_DIR to a directory with room from which code may run",
              e),
          e);
    }
  }

  RocksDB db() {
    return db;
  }

  /** Returns the number of updates ever made. */
  long updates() {
    return db.getLatestSequenceNumber();
  }

  WriteOptions writeOptions() {
    return writeOptions;
  }

  ColumnFamilyHandle family(Family family) {
    return requireNonNull(families.get(family), "family");
  }

  /** Returns a view of the latest state, which is closed with the files. */
  RocksView latest() {
    return keep(RocksView.ofLatest(this));
  }

  @Override
  public void close() {
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        throw new AssertionError("native resources close without exceptions", e);
      }
    }
  }

  private void checkFormat(Opening opening) throws RocksDBException {
    byte[] format = db.get(family(Family.DEFAULT), FORMAT_KEY);
    if (format == null && opening == Opening.CREATE) {
      db.put(family(Family.DEFAULT), writeOptions, FORMAT_KEY, Keys.number(FORMAT));
    } else if (!Arrays.equals(format, Keys.number(FORMAT))) {
      throw new JournalStoreException(
          String.format(
              "Journal format must be [%d], found [%s]; open it with the version that wrote it",
              FORMAT, format == null ? "nothing" : HexFormat.of().formatHex(format)));
    }
  }

  /*
   * The default recovery mode of RocksDB, point-in-time, silently drops acknowledged writes after a
   * damaged record. The strict mode still accepts a log whose last record is incomplete.
   *
   * Updates recovered from the log are flushed to tables, with a sync, before they are visible:
   * after a failed sync the operating system can return data that the disk does not hold.
   */
  private static DBOptions dbOptions(StoreSettings settings, boolean create, boolean hasLog) {
    return (create || hasLog ? trackingLogs() : new DBOptions())
        .setCreateIfMissing(create)
        .setCreateMissingColumnFamilies(create)
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setAvoidFlushDuringRecovery(false)
        .setDbWriteBufferSize(settings.writeBufferBytes())
        .setMaxTotalWalSize(LOGGED_WRITE_BUFFERS * settings.writeBufferBytes())
        .setMaxBackgroundJobs(settings.backgroundJobs())
        .setMaxOpenFiles(OPEN_FILES)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(KEPT_LOGS)
        .setMaxLogFileSize(LOG_BYTES)
        .setStatsDumpPeriodSec(0);
  }

  /**
   * Returns options that have no setter in Java: the manifest tracks the older log files and their
   * sizes, and each log file records its predecessor. Otherwise a missing or truncated log, or a
   * manifest that lost its end, would go undetected.
   */
  private static DBOptions trackingLogs() {
    Properties tracking = new Properties();
    tracking.setProperty("track_and_verify_wals_in_manifest", "true");
    tracking.setProperty("track_and_verify_wals", "true");
    return requireNonNull(DBOptions.getDBOptionsFromProps(tracking), "options");
  }

  private ColumnFamilyOptions familyOptions(StoreSettings settings) {
    Cache blockCache = keep(new LRUCache(settings.blockCacheBytes()));
    BloomFilter filter = keep(new BloomFilter(FILTER_BITS_PER_KEY));
    BlockBasedTableConfig tables =
        new BlockBasedTableConfig()
            .setBlockCache(blockCache)
            .setFilterPolicy(filter)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    CompressionType compression =
        settings.compression() == Compression.LZ4
            ? CompressionType.LZ4_COMPRESSION
            : CompressionType.NO_COMPRESSION;
    return keep(new ColumnFamilyOptions())
        .setTableFormatConfig(tables)
        .setWriteBufferSize(settings.writeBufferBytes())
        .setCompressionType(compression)
        .setEnableBlobFiles(true)
        .setMinBlobSize(BLOB_BYTES)
        .setBlobCompressionType(compression)
        .setEnableBlobGarbageCollection(true);
  }

  private <T extends AutoCloseable> T keep(T resource) {
    resources.push(resource);
    return resource;
  }

  /** The way to open the files. */
  enum Opening {
    /** Existing files. */
    EXISTING,
    /** Existing files, or new ones; RocksDB creates new ones if {@code CURRENT} is missing. */
    CREATE,
    /** Existing files, which are not changed, and whose format is not checked. */
    READ_ONLY
  }

  /** The column families; their names are part of the disk format. */
  enum Family {
    /** The format version of all families. */
    DEFAULT,
    /** Persistence id to its short form. */
    IDS,
    /** Short id to {@link Sequence}. */
    SEQUENCES,
    /** Short id and sequence number to event record. */
    EVENTS,
    /** Short id and sequence number to timestamp, to select snapshots without reading them. */
    SNAPSHOT_TIMES,
    /** Short id and sequence number to snapshot record. */
    SNAPSHOTS;

    private byte[] storedName() {
      String stored = name().toLowerCase(Locale.ROOT).replace('_', '-');
      return stored.getBytes(StandardCharsets.UTF_8);
    }
  }
}
