@echo off
rem Starts NoiseDiffusion Studio with a Java 25 or newer: NOISEDIFFUSION_JAVA, JAVA_HOME, the PATH, then the usual folders.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA="
if defined NOISEDIFFUSION_JAVA call :try "%NOISEDIFFUSION_JAVA%"
if defined JAVA_HOME call :try "%JAVA_HOME%\bin\java.exe"
for /f "delims=" %%j in ('where $PATH:java.exe 2^>nul') do call :try "%%j"
for /d %%d in (
  "%ProgramFiles%\Eclipse Adoptium\*"
  "%LOCALAPPDATA%\Programs\Eclipse Adoptium\*"
  "%ProgramFiles%\Java\*"
  "%ProgramFiles%\Microsoft\jdk-*"
  "%ProgramFiles%\Zulu\*"
  "%ProgramFiles%\Amazon Corretto\*"
  "%USERPROFILE%\.jdks\*"
) do call :try "%%~d\bin\java.exe"
if not defined JAVA goto :needsjava
"%JAVA%" --module-path "%HOME_DIR%\javafx" --add-modules javafx.controls ^
  --enable-native-access=javafx.graphics,ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ^
  "-Dnoisediffusion.home=%HOME_DIR%" ^
  -classpath "%HOME_DIR%\lib\*" ^
  dev.noisediffusion.app.Launcher %*
exit /b %ERRORLEVEL%

rem Takes a java.exe if none is taken yet and it is new enough. The carets keep the quotation marks around its path for the inner cmd.
:try
if defined JAVA exit /b
if not exist "%~1" exit /b
set "MAJOR="
for /f "tokens=2" %%v in ('^""%~1" --version 2^>nul^"') do if not defined MAJOR for /f "delims=.-+" %%m in ("%%v") do set "MAJOR=%%m"
if not defined MAJOR exit /b
if %MAJOR% GEQ 25 set "JAVA=%~1"
exit /b

:needsjava
echo NoiseDiffusion Studio needs Java 25 or newer. Install one (for example Eclipse Temurin 25), or set NOISEDIFFUSION_JAVA to its java.exe. 1>&2
exit /b 69
