/* A PKCS#11 module that is SoftHSM until the file named by TROUBLE says what it shall suffer from.
 * Its functions stand in the order of PKCS#11 2.40, section 4.6 (CK_FUNCTION_LIST). */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GET_TOKEN_INFO = 6, LOGIN = 18, GET_ATTRIBUTE = 24, SIGN = 43, FUNCTIONS = 68 };
enum { DEVICE_REMOVED = 0x32, PIN_LOCKED = 0xA4, NEVER_EXTRACTABLE = 0x164, USER_PIN_FINAL_TRY = 0x20000 };

typedef unsigned long ulong;
typedef struct { unsigned char version[2]; void *call[FUNCTIONS]; } List;
typedef struct { ulong type; unsigned char *value; ulong length; } Attribute;

static List *genuine, spoiled;

static int suffers_from(const char *trouble)
{
    char said[32] = "";
    FILE *file = fopen(getenv("TROUBLE"), "r");
    if (file) {
        if (!fgets(said, sizeof said, file)) said[0] = 0;
        fclose(file);
    }
    return strcmp(said, trouble) == 0;
}

static ulong get_token_info(ulong slot, unsigned char *info)
{
    ulong result = ((ulong (*)(ulong, unsigned char *))genuine->call[GET_TOKEN_INFO])(slot, info);
    if (suffers_from("final-try")) *(ulong *)(info + 96) |= USER_PIN_FINAL_TRY; /* flags, behind three texts and a number */
    return result;
}

static ulong login(ulong session, ulong user, unsigned char *pin, ulong length)
{
    if (suffers_from("pin-locked")) return PIN_LOCKED;
    if (suffers_from("slower-and-slower")) usleep(700000);
    return ((ulong (*)(ulong, ulong, unsigned char *, ulong))genuine->call[LOGIN])(session, user, pin, length);
}

static ulong get_attribute(ulong session, ulong object, Attribute *wanted, ulong count)
{
    if (suffers_from("slower-and-slower")) for (;;) pause();
    ulong result = ((ulong (*)(ulong, ulong, Attribute *, ulong))genuine->call[GET_ATTRIBUTE])(session, object, wanted, count);
    for (ulong each = 0; each < count && suffers_from("readable-keys"); each++)
        if (wanted[each].type == NEVER_EXTRACTABLE && wanted[each].value) wanted[each].value[0] = 0;
    return result;
}

static ulong sign(ulong session, unsigned char *data, ulong length, unsigned char *signature, ulong *size)
{
    if (suffers_from("hang")) for (;;) pause();
    if (suffers_from("crash")) abort();
    if (suffers_from("removed")) return DEVICE_REMOVED;
    ulong result = ((ulong (*)(ulong, unsigned char *, ulong, unsigned char *, ulong *))genuine->call[SIGN])(
        session, data, length, signature, size);
    if (signature && suffers_from("wrong-signature")) signature[0] ^= 1;
    if (signature && suffers_from("short-signature")) *size = 63;
    return result;
}

ulong C_GetFunctionList(List **list)
{
    ulong (*from)(List **) = (ulong (*)(List **))dlsym(dlopen(SOFTHSM, RTLD_NOW), "C_GetFunctionList");
    ulong result = from(&genuine);
    spoiled = *genuine;
    spoiled.call[GET_TOKEN_INFO] = get_token_info;
    spoiled.call[LOGIN] = login;
    spoiled.call[GET_ATTRIBUTE] = get_attribute;
    spoiled.call[SIGN] = sign;
    *list = &spoiled;
    return result;
}
