package io.vellamo.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockPagesTest {
  private static final int PAGE = 32 << 10;

  private final BlockPages pages = new BlockPages();

  /** A block and what was written to all of its bytes. */
  private record Block(int address, int size, byte mark) {}

  @Test
  void fewBlocks_takeLessThanAPage() {
    allocate(24, 1);

    assertThat(pages.allBytes()).isEqualTo(512);
  }

  @Test
  void freedBlock_isUsedAgainForOneOfItsSize() {
    Block first = allocate(24, 1);
    allocate(24, 2);
    pages.free(first.address, 24);

    assertThat(allocate(32, 3).address).isNotEqualTo(first.address);
    assertThat(allocate(17, 4).address).isEqualTo(first.address);
  }

  @Test
  void blockLargerThanAPage_isAnArrayOfItsOwn_andIsGivenBack() {
    Block small = allocate(24, 1);
    Block large = allocate(5 * PAGE + 3, 2);
    long before = pages.allBytes();

    pages.free(large.address, large.size);

    assertThat(pages.allBytes()).isEqualTo(before - 5 * PAGE - 8);
    assertThat(allocate(5 * PAGE, 3).address).isEqualTo(large.address);
    assertHolds(small);
  }

  @Test
  void pages_areSparse_onceMostOfThemIsFree() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      blocks.add(allocate(64, i));
    }
    int half = blocks.size() / 2;
    blocks.subList(0, half - 100).forEach(block -> pages.free(block.address, block.size));
    assertThat(pages.isSparse()).isFalse();

    blocks.subList(half - 100, half + 600).forEach(block -> pages.free(block.address, block.size));

    assertThat(pages.isSparse()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void blocks_ofAnySizes_neverOverlap(long seed) {
    Random random = new Random(seed);
    List<Block> blocks = new ArrayList<>();
    for (int change = 0; change < 20_000; change++) {
      if (!blocks.isEmpty() && random.nextInt(5) < 2) {
        Block gone = blocks.remove(random.nextInt(blocks.size()));
        assertHolds(gone);
        pages.free(gone.address, gone.size);
      } else {
        int most = random.nextInt(100) == 0 ? 3 * PAGE : 200;
        blocks.add(allocate(8 + random.nextInt(most), random.nextInt()));
      }
    }
    blocks.forEach(this::assertHolds);
  }

  private Block allocate(int size, int mark) {
    int address = pages.allocate(size);
    int from = BlockPages.offset(address);
    Arrays.fill(pages.page(address), from, from + size, (byte) mark);
    return new Block(address, size, (byte) mark);
  }

  private void assertHolds(Block block) {
    int from = BlockPages.offset(block.address);
    byte[] page = pages.page(block.address);
    for (int i = from; i < from + block.size; i++) {
      if (page[i] != block.mark) {
        assertThat(page[i]).isEqualTo(block.mark);
      }
    }
  }
}
