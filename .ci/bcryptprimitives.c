/* Wine before 8.16 has no bcryptprimitives.dll, of which Go's runtime needs this
 * one function at its start. windows-demo builds it into its throw-away prefix;
 * Windows has its own. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
	return RtlGenRandom(data, (ULONG)size);
}
