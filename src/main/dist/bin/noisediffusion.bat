@echo off
rem Starts NoiseDiffusion Studio with a Java 25 or newer: NOISEDIFFUSION_JAVA, JAVA_HOME, then the PATH.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined NOISEDIFFUSION_JAVA set "JAVA=%NOISEDIFFUSION_JAVA%"
"%JAVA%" --version 1>nul 2>nul || goto :needsjava
for /f "tokens=2" %%v in ('""%JAVA%" --version"') do set "VERSION=%%v" & goto :check
:check
for /f "delims=.-+" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 25 goto :needsjava
"%JAVA%" --module-path "%HOME_DIR%\javafx" --add-modules javafx.controls ^
  --enable-native-access=javafx.graphics,ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ^
  "-Dnoisediffusion.home=%HOME_DIR%" ^
  -classpath "%HOME_DIR%\lib\*" ^
  dev.noisediffusion.app.Launcher %*
exit /b %ERRORLEVEL%

:needsjava
echo NoiseDiffusion Studio needs Java 25 or newer. Install one (for example Eclipse Temurin 25), or set NOISEDIFFUSION_JAVA to its java.exe. 1>&2
exit /b 69
