/* An ICU data library without data.
 *
 * Qt is linked to ICU and asks it for legacy charsets, collation by language and names of time zones: 32 MB of tables.
 * The kiosk asks Qt for none of these: its words are Unicode, sorted and dated by Python. ICU reads this as a valid
 * package without entries. DATA is the symbol's name, which has ICU's version in it.
 *
 * Source: ICU, source/stubdata/stubdata.cpp.
 */
#include <stdint.h>

const struct __attribute__((aligned(16))) {
    uint16_t header_size;
    uint8_t magic[2];
    struct {
        uint16_t size, reserved;
        uint8_t is_big_endian, charset_family, char_size, reserved_byte, format[4], format_version[4], data_version[4];
    } info;
    uint8_t padding[8];
    uint32_t count, reserved;
} DATA = {32, {0xda, 0x27}, {20, 0, 0, 0, 2, 0, {'T', 'o', 'C', 'P'}, {1, 0, 0, 0}, {0, 0, 0, 0}}, {0}, 0, 0};
